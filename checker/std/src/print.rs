//! The print macros: the real ones, with the line they are called from.
//!
//! What is printed goes through the real standard output, so it is buffered and cut to lines as
//! always; when the real std finally calls `write`, the line of the last print is known.

use ::real::cell::Cell;
use ::real::fmt::Arguments;
use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::{eprint, print, thread_local};

thread_local! {
    static LAST: Cell<Option<&'static Location<'static>>> = const { Cell::new(None) };
}

/// Prints, as `print!` does; `error` chooses standard error.
#[track_caller]
pub fn print_at(error: bool, arguments: Arguments<'_>) {
    LAST.set(Some(Location::caller()));
    if error {
        eprint!("{arguments}");
        return;
    }
    ::sched_runtime::attached::uses_output();
    ::sched_runtime::print::printing(Location::caller(), || print!("{arguments}"));
}

/// Where the last print of this thread was called.
pub(crate) fn last_print() -> Option<&'static Location<'static>> {
    LAST.get()
}

/// While this lives, what is written was written by a macro in that line, whatever it is written to.
#[doc(hidden)]
pub struct Writing {
    before: Option<&'static Location<'static>>,
}

impl Writing {
    /// From now on it is the caller's line.
    #[track_caller]
    pub fn here() -> Writing {
        Writing {
            before: LAST.replace(Some(Location::caller())),
        }
    }

    /// What is to be written. The value that is borrowed here lives until the statement of the macro ends,
    /// and keeps nothing else borrowed.
    pub fn what<'a>(&self, arguments: Arguments<'a>) -> Arguments<'a> {
        arguments
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        LAST.set(self.before);
    }
}

/// See `std::write!`.
#[macro_export]
macro_rules! write {
    ($dst:expr, $($arg:tt)*) => {
        $dst.write_fmt($crate::Writing::here().what($crate::format_args!($($arg)*)))
    };
}

/// See `std::writeln!`.
#[macro_export]
macro_rules! writeln {
    ($dst:expr $(,)?) => { $crate::write!($dst, "\n") };
    ($dst:expr, $($arg:tt)*) => {
        $crate::write!($dst, "{}\n", $crate::format_args!($($arg)*))
    };
}

/// See `std::print!`.
#[macro_export]
macro_rules! print {
    ($($arg:tt)*) => { $crate::print_at(false, $crate::format_args!($($arg)*)) };
}

/// See `std::println!`.
#[macro_export]
macro_rules! println {
    () => { $crate::print_at(false, $crate::format_args!("\n")) };
    ($($arg:tt)*) => {
        $crate::print_at(false, $crate::format_args!("{}\n", $crate::format_args!($($arg)*)))
    };
}

/// See `std::eprint!`.
#[macro_export]
macro_rules! eprint {
    ($($arg:tt)*) => { $crate::print_at(true, $crate::format_args!($($arg)*)) };
}

/// See `std::eprintln!`.
#[macro_export]
macro_rules! eprintln {
    () => { $crate::print_at(true, $crate::format_args!("\n")) };
    ($($arg:tt)*) => {
        $crate::print_at(true, $crate::format_args!("{}\n", $crate::format_args!($($arg)*)))
    };
}
