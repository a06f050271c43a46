//! Threads, where the real std asks libc for them.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::prelude::rust_2024::*;
use ::real::ptr;

use ::libc::{c_int, c_void, pthread_attr_t, pthread_t, rlimit};
use ::sched_runtime::{attached, kernel};

/// The size of the main thread's stack where it may grow without a limit: the usual one.
const USUAL_STACK: usize = 8 << 20;

replace! {
    /// `pthread_getattr_np(3)`, which the real std calls at the start of a thread to recognise a
    /// stack overflow. For main, libc would read `/proc/self/maps` each time; the answer was
    /// looked up once, before the processes of a run were made.
    wraps __real_pthread_getattr_np fn __wrap_pthread_getattr_np(
        thread: pthread_t,
        attributes: *mut pthread_attr_t,
    ) -> c_int {
        let Some(end) = attached::stack_end().filter(|_| kernel::leads_process()) else {
            // SAFETY: the same contract.
            return unsafe { __real_pthread_getattr_np(thread, attributes) };
        };
        let mut limit = rlimit {
            rlim_cur: 0,
            rlim_max: 0,
        };
        // SAFETY: writes only the structure that it is given.
        unsafe { ::libc::getrlimit(::libc::RLIMIT_STACK, &raw mut limit) };
        let size = usize::try_from(limit.rlim_cur).unwrap_or(0).clamp(1 << 16, USUAL_STACK);
        // SAFETY: `attributes` points to a writable structure, by the caller's contract.
        match unsafe { ::libc::pthread_attr_init(attributes) } {
            0 => {
                let start = ptr::without_provenance_mut(end - size);
                // SAFETY: initialised just now. The range is only described, not used: it is the
                // stack as libc would describe it.
                unsafe { ::libc::pthread_attr_setstack(attributes, start, size) }
            }
            error => error,
        }
    }

    /// `pthread_create(3)`: a thread that the scheduler does not know would run beside it, so the
    /// run ends instead. Others are made as always.
    wraps __real_pthread_create fn __wrap_pthread_create(
        thread: *mut c_void,
        attributes: *const c_void,
        start: *const c_void,
        argument: *mut c_void,
    ) -> c_int {
        if attached::controlled() && !::sched_runtime::thread::is_making() {
            kernel::unsupported("a thread was started in another way than by std::thread", None);
        }
        ::sched_runtime::thread::is_made();
        // SAFETY: the same contract.
        unsafe { __real_pthread_create(thread, attributes, start, argument) }
    }
}
