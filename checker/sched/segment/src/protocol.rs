//! What the checker and a fork server agree on, besides the memory that they share.

/// The environment variable that makes a program a server.
pub const VARIABLE: &std::ffi::CStr = c"COURSE_FORK_SERVER";
/// The exit status of a server that does not know the memory it was given.
pub const REFUSED: i32 = 2;
/// How far a run is to be kept in a domain of its own: not at all.
pub const UNCONTAINED: u32 = 0;
/// Where the kernel can do that.
pub const CONTAINED: u32 = 1;
/// In any case, or there is to be no run.
pub const CONTAINED_OR_NOT_RUN: u32 = 2;
/// The names of scratch folders begin with this, so that a server recognises its own.
pub const SCRATCH: &str = "course-run-";
/// The names of what the checker has not finished yet, or removes when it has, begin with this; nobody
/// else's do.
pub const UNFINISHED: &str = ".course-unfinished-";
/// Exit codes of processes that a server tells: more than any run that is watched can have.
pub const MAX_EXITS: usize = 1 << 15;
