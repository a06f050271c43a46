//! Functions of libc that the real std calls, replaced at link time.
//!
//! Each does what the scheduler wants in a task of a run, and otherwise what libc would do, by a
//! system call of its own. Signatures and results are those of the manual pages.
//!
//! # Safety
//!
//! The real std calls these functions as it would call libc's: what their arguments point to may
//! be read and written as the manual page of that name says, and nobody else closes a descriptor
//! among them during the call. The modules below pass arguments on to the kernel, or use them
//! within that contract; they call it "the caller's contract".

/// Defines functions that the linker finds in place of libc's of the same names. Where libc's is
/// needed as well (`wraps`), the linker gives both other names (`--wrap`).
macro_rules! replace {
    ($(
        $(#[$about:meta])*
        $(wraps $real:ident)? fn $name:ident $arguments:tt -> $result:ty $body:block
    )*) => {$(
        $(unsafe extern "C" {
            fn $real $arguments -> $result;
        })?

        $(#[$about])*
        ///
        /// # Safety
        ///
        /// * What the arguments point to may be read and written as the manual page says.
        /// * Nobody else closes a descriptor among them during the call.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name $arguments -> $result $body
    )*};
}

/// A [`SystemCall`](system::SystemCall) with these arguments, as `system_call!(SYS_read, fd, …)`.
/// Making one is unsafe.
macro_rules! system_call {
    ($number:ident $(, $argument:expr)*) => {
        $crate::interpose::system::SystemCall::new(
            ::libc::$number,
            &[$($crate::interpose::system::Word::word($argument)),*],
        )
    };
}

pub(crate) mod clock;
mod computing;
mod contents;
mod descriptors;
mod far_side;
pub(crate) mod files;
mod futex;
mod identity;
mod locks;
mod marks;
mod memory;
mod names;
mod output;
mod proc;
mod processes;
mod rights;
mod sockets;
mod system;
mod threads;
