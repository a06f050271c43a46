//! The std that checked programs are compiled against: the real one, with what is visible to
//! other tasks replaced by mirrors that tell the scheduler.
//!
//! Passed to rustc as `--extern std=…`, it is what every `std::` path, `use std::*`, prelude and
//! std macro of a program means; the program itself is not changed. Mirrors have std's signatures.
//! Below them, functions of libc that the real std calls are replaced at link time
//! ([`interpose`]), so that what has no mirror is still fixed: the clock, hash keys, process ids.
//! In a program that was not started by the checker, everything goes on to the real thing.
//!
//! Types that cannot be noticed by other tasks (`Arc`, collections, errors) are the real ones. Locks
//! inside the real std wait by a futex, which is the scheduler's ([`futex`]).

#![no_implicit_prelude]

extern crate std as real;

pub use ::real::*;

mod file_names;
mod files;
pub mod fs;
mod futex;
pub mod hint;
mod interpose;
pub mod io;
#[macro_use]
mod print;
pub mod os;
mod outside;
pub mod prelude;
pub mod process;
mod start;
pub mod sync;
pub mod thread;
pub mod time;

#[doc(hidden)]
pub use print::print_at;
