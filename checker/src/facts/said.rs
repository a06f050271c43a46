//! What std, the compiler, parsers and tables say, word for word, to recognise it. No sentence here is
//! shown to anybody.

use sched_model::run::Refusal;

/// What std's `todo!()` panics with.
pub const TODO: &str = "not yet implemented";
/// What std's scope panics with.
pub const SCOPED: &str = "a scoped thread panicked";
/// What unwrapping the result of a thread that panicked says.
pub const UNWRAPPED: &str = "Any { .. }";
/// What a panic says that comes from unwrapping a poisoned lock.
pub const POISONED: &str = "PoisonError { .. }";
/// What std writes to standard error before the error that main returned.
pub const ERROR: &str = "Error: ";
/// What the compiler's last error begins with, which only counts the others.
pub const ABORTING: &str = "aborting due to";
/// The level of what the compiler says when it crashes.
pub const CRASHED: &str = "error: internal compiler error";
/// What std and LLVM say when there is no more memory.
pub const OUT_OF_MEMORY: [&str; 2] = ["memory allocation of ", "out of memory"];
/// What there is in each program, and not in a part of a library.
pub const MAIN: &str = "fn main";
/// What is written behind the fence of a program's output in course.md, if its lines have an order.
pub const OUTPUT: &str = "text output";

/// What the error says that `start` of `mp` returns.
pub fn refusal(why: Refusal) -> &'static str {
    match why {
        Refusal::Daemon => "a daemon may not start",
        Refusal::Threads => "several threads cannot start",
        Refusal::System => "os error",
    }
}

/// What the parser of TOML says of a key that nobody knows; its name and those that there are
/// follow.
pub const UNKNOWN_KEY: &str = "unknown field ";

/// The same of a key that must be there; its name and a backtick follow.
pub const MISSING_KEY: &str = "missing field `";

/// What tables of learners call the full name, in lower case.
pub const NAME: &[&str] = &["name", "full name", "student"];
/// The first name, where it is by itself.
pub const FIRST_NAME: &[&str] = &["first name", "given name"];
/// The last name, likewise.
pub const LAST_NAME: &[&str] = &["last name", "surname"];
/// The institution's number of a learner.
pub const ID: &[&str] = &["student id", "id number", "sis user id", "matriculation"];
/// The name to log in with.
pub const USERNAME: &[&str] = &["username", "sis login id", "login"];
/// The address.
pub const EMAIL: &[&str] = &["email", "e-mail", "email address"];
/// When something was handed in: Moodle's grading worksheet, Canvas's reports and API, Gradescope.
pub const SUBMITTED: &[&str] = &[
    "last modified (submission)",
    "submitted_at",
    "submitted at",
    "submission time",
    "submission date",
    "date submitted",
];
/// What Canvas writes in place of a name where it tells the points there are.
pub const NOBODY: &str = "Points Possible";
/// The platform's own number.
pub const NUMBER: &[&str] = &["id", "identifier", "canvas id"];

/// How atomic operations begin in the code that the compiler makes, as LLVM prints it.
pub const ATOMIC: &[&str] = &[
    "atomicrmw ",
    "cmpxchg ",
    "load atomic ",
    "store atomic ",
    "fence ",
];
/// How calls begin there.
pub const CALLS: &[&str] = &["call ", "tail call ", "callbr ", "invoke "];
/// How functions begin there.
pub const FUNCTION: &str = "define ";
/// What a call of assembler holds there.
pub const ASSEMBLER: &str = " asm ";
/// The same where the piece is empty.
pub const EMPTY_ASSEMBLER: &str = "asm sideeffect \"\"";
/// What the name of a function holds there that ends the guard of a standard stream's own lock.
pub const STREAM_LOCKED: &[&str] = &["Guard", "stdio"];
