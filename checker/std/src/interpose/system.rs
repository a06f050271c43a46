//! System calls, made without libc: its functions are the ones that are replaced.
//!
//! # Safety
//!
//! A system call is a value that only an unsafe function makes, so whoever makes one vouches for
//! its arguments; to carry it out is safe then.

use ::real::prelude::rust_2024::*;

use ::libc::{c_int, c_long};
use ::rustix::fd::BorrowedFd;

/// What can be an argument of a system call.
pub(super) trait Word {
    /// The value as a register holds it.
    fn word(self) -> usize;
}

macro_rules! words {
    ($($type:ty: |$value:ident| $word:expr;)*) => {$(
        impl Word for $type {
            fn word(self) -> usize {
                let $value = self;
                $word
            }
        }
    )*};
}
words! {
    usize: |value| value;
    u32: |value| value as usize;
    u64: |value| value as usize;
    // With their signs: the kernel takes as many of the bits as it wants.
    i32: |value| (value as isize).cast_unsigned();
    i64: |value| (value as isize).cast_unsigned();
}

impl<T> Word for *const T {
    fn word(self) -> usize {
        self.expose_provenance()
    }
}

impl<T> Word for *mut T {
    fn word(self) -> usize {
        self.expose_provenance()
    }
}

/// A system call with its arguments.
#[derive(Clone, Copy)]
pub(super) struct SystemCall {
    number: c_long,
    arguments: [usize; 6],
}

impl SystemCall {
    /// The call of this number with these arguments, at most six.
    ///
    /// # Safety
    ///
    /// As long as the value is used:
    /// * what the arguments point to may be read and written as the call's manual page says;
    /// * a descriptor that the call closes or changes is one that the caller may close or change;
    /// * the call does nothing else to this process's memory, as `munmap` would.
    pub(super) unsafe fn new(number: c_long, arguments: &[usize]) -> Self {
        let mut words = [0; 6];
        words[..arguments.len()].copy_from_slice(arguments);
        Self {
            number,
            arguments: words,
        }
    }

    /// Carries it out; −1 and [`errno`] on an error, as libc does.
    pub(super) fn make(self) -> c_long {
        // SAFETY: what memory, descriptors and mappings need was promised to `new`.
        let result = unsafe { ::sched_runtime::sys::raw_call(self.number, self.arguments) };
        match c_int::try_from(-result) {
            Ok(error @ 1..=4095) => c_long::from(fail(error)),
            _ => result as c_long,
        }
    }
}

/// The number of the last error.
pub(super) fn errno() -> c_int {
    // SAFETY: takes nothing, and returns the address of this thread's own number.
    let place = unsafe { ::libc::__errno_location() };
    // SAFETY: aligned and initialised as long as the thread lives, which alone uses it.
    unsafe { place.read() }
}

/// Notes an error and returns what a function returns then.
pub(super) fn fail(error: c_int) -> c_int {
    // SAFETY: takes nothing, and returns the address of this thread's own number.
    let place = unsafe { ::libc::__errno_location() };
    // SAFETY: aligned and writable as long as the thread lives, which alone uses it.
    unsafe { place.write(error) };
    -1
}

/// A descriptor that a function of libc was called with; `None` for a negative number. Another
/// number that is no descriptor does no harm: the kernel refuses it.
///
/// # Safety
///
/// Nobody closes `fd` as long as the value is used.
pub(super) unsafe fn borrow<'a>(fd: c_int) -> Option<BorrowedFd<'a>> {
    // SAFETY: not −1, by the condition; open as long as it is used, by the caller's promise.
    (fd >= 0).then(|| unsafe { BorrowedFd::borrow_raw(fd) })
}
