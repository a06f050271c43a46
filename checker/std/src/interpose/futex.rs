//! `syscall`, replaced at link time for the sake of futexes: the real std's locks wait by it. So
//! what has no mirror (the lock of standard output, for one) waits as the scheduler lets it.
//!
//! # Safety
//!
//! See [`interpose`](super). The word of a futex is aligned, and lives while it is waited for or
//! woken.

use ::real::prelude::rust_2024::*;
use ::real::ptr;
use ::real::sync::atomic::{AtomicU32, Ordering};
use ::real::time::Duration;

use ::libc::{c_int, c_long, timespec};
use ::sched_runtime::{attached, kernel};

use super::clock::BOOT;
use super::system::{SystemCall, fail};

/// What is asked of a futex, without the flags for private words and for the clock.
const OPERATION: c_int = !(::libc::FUTEX_PRIVATE_FLAG | ::libc::FUTEX_CLOCK_REALTIME);

replace! {
    /// syscall(2). libc's takes a variable number of arguments, which come in the same registers;
    /// those that the caller did not pass are not used by the kernel.
    fn syscall(
        number: c_long,
        a: usize,
        b: usize,
        c: usize,
        d: usize,
        e: usize,
        f: usize,
    ) -> c_long {
        if number == ::libc::SYS_futex && attached::is_task() {
            let word = ptr::with_exposed_provenance_mut::<u32>(a);
            // SAFETY: valid and aligned as long as the call takes, by the caller's contract, and
            // used as an atomic only, as futex(2) demands.
            let word = unsafe { AtomicU32::from_ptr(word) };
            let operation = c_int::try_from(b).unwrap_or(0) & OPERATION;
            let value = u32::try_from(c & 0xFFFF_FFFF).unwrap_or(0);
            match operation {
                ::libc::FUTEX_WAIT | ::libc::FUTEX_WAIT_BITSET => {
                    let time = ptr::with_exposed_provenance::<timespec>(d);
                    // SAFETY: not null, so a valid time by the caller's contract.
                    let time = (!time.is_null()).then(|| unsafe { time.read() });
                    return c_long::from(wait(word, value, operation, time));
                }
                ::libc::FUTEX_WAKE | ::libc::FUTEX_WAKE_BITSET => {
                    return c_long::from(kernel::wake_futex(word, value));
                }
                _ => {}
            }
        }
        // SAFETY: the caller's contract for the system call that it names.
        unsafe { SystemCall::new(number, &[a, b, c, d, e, f]) }.make()
    }
}

fn wait(word: &AtomicU32, value: u32, operation: c_int, time: Option<timespec>) -> c_int {
    if word.load(Ordering::Acquire) != value {
        return fail(::libc::EAGAIN);
    }
    let nanos = |time: timespec| Duration::from_nanos(time.tv_nsec.unsigned_abs());
    let deadline = match time {
        None => None,
        // A time from now.
        Some(time) if operation == ::libc::FUTEX_WAIT => {
            let wait = Duration::from_secs(time.tv_sec.unsigned_abs()) + nanos(time);
            Some(kernel::now() + wait)
        }
        Some(time) => {
            let seconds = u64::try_from(time.tv_sec - BOOT).unwrap_or(0);
            Some(Duration::from_secs(seconds) + nanos(time))
        }
    };
    if kernel::wait_for_futex(word, deadline) {
        0
    } else {
        fail(::libc::ETIMEDOUT)
    }
}
