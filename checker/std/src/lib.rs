//! The std that checked programs are compiled against: the real one, with what is visible to
//! other tasks replaced by mirrors that tell the scheduler.
//!
//! Passed to rustc as `--extern std=…`, it is what every `std::` path, `use std::*`, prelude and
//! std macro of a program means; the program itself is not changed. Mirrors have std's signatures,
//! errors and panics: each links to what it stands for, and tells only what is different.
//! Below them, functions of libc that the real std calls are replaced at link time
//! (`interpose`), so that what has no mirror is still fixed: the clock, hash keys, process ids.
//! In a program that was not started by the checker, everything goes on to the real thing.
//!
//! What other tasks cannot notice (`Arc`, collections, errors) is the real thing. Locks inside the
//! real std wait by a futex, which is the scheduler's (`interpose/futex`).
//!
//! Unsafe code is allowed in the modules that say so where they are declared, and nowhere else:
//! each opens with a section on why it is sound.

#![deny(unsafe_code)]
#![no_implicit_prelude]

extern crate std as real;

pub use ::real::*;

pub mod fs;
pub mod hint;
#[allow(unsafe_code, reason = "stands in for functions of libc")]
mod interpose;
pub mod io;
#[macro_use]
mod print;
pub mod os;
pub mod panic;
pub mod prelude;
pub mod process;
#[allow(unsafe_code, reason = "the linker puts it before main")]
mod start;
pub mod sync;
pub mod thread;
pub mod time;

#[doc(hidden)]
pub use print::{Writing, print_at};
