//! What would differ from run to run: process ids and random bytes. Under check they are the same
//! in every schedule of a seed.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::slice;

use ::libc::{c_uint, c_void, pid_t, size_t, ssize_t};
use ::sched_runtime::{attached, kernel};

replace! {
    /// `getrandom(2)`: hash maps get their keys from it.
    fn getrandom(buffer: *mut c_void, length: size_t, flags: c_uint) -> ssize_t {
        if attached::controlled() && !buffer.is_null() && length > 0 {
            // SAFETY: not null, and so many writable bytes by the caller's contract, which nobody
            // else uses meanwhile. Whatever they held, `fixed_bytes` only writes them.
            let bytes = unsafe { slice::from_raw_parts_mut(buffer.cast::<u8>(), length) };
            if kernel::fixed_bytes(bytes) {
                return length.cast_signed();
            }
        }
        // SAFETY: the caller's contract; the call changes no other memory and no descriptor.
        unsafe { system_call!(SYS_getrandom, buffer, length, flags) }.make() as ssize_t
    }

    /// getpid(2): virtual.
    fn getpid() -> pid_t {
        kernel::pid().cast_signed()
    }

    /// getppid(2): virtual.
    fn getppid() -> pid_t {
        kernel::parent_pid().cast_signed()
    }

    /// gettid(2): virtual; for a main thread the same as the process id.
    fn gettid() -> pid_t {
        kernel::task_number().cast_signed()
    }
}
