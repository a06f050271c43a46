//! Clocks and sleeping: in virtual time.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::cell::Cell;
use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::thread_local;
use ::real::time::Duration;

use ::libc::{c_int, c_long, clockid_t, timespec};
use ::sched_runtime::{Caller, attached, kernel};

use super::system::{errno, fail};

/// Virtual time 0 as seconds since 1970: the first of January 2026.
pub(super) const EPOCH: i64 = 1_767_225_600;
/// Virtual time 0 on the monotonic clock, in seconds: programs may subtract from a first reading.
pub(super) const BOOT: i64 = 1_000_000;

thread_local! {
    static CLOCK_AT: Cell<Option<Caller>> = const { Cell::new(None) };
}

/// The next reading of the clock is called from here.
pub(crate) fn reading_the_clock_at(caller: Caller) {
    CLOCK_AT.set(Some(caller));
}

/// The duration that a timespec says; `None` if it is not a valid one.
fn duration(time: timespec) -> Option<Duration> {
    let nanos = u32::try_from(time.tv_nsec).ok()?;
    let seconds = u64::try_from(time.tv_sec).ok()?;
    (nanos < 1_000_000_000).then(|| Duration::new(seconds, nanos))
}

replace! {
    /// `clock_gettime(2)`: wall clock and monotonic clock show virtual time.
    fn clock_gettime(clock: clockid_t, time: *mut timespec) -> c_int {
        let start = match clock {
            ::libc::CLOCK_REALTIME | ::libc::CLOCK_REALTIME_COARSE | ::libc::CLOCK_TAI => EPOCH,
            ::libc::CLOCK_MONOTONIC
            | ::libc::CLOCK_MONOTONIC_RAW
            | ::libc::CLOCK_MONOTONIC_COARSE
            | ::libc::CLOCK_BOOTTIME => BOOT,
            _ => -1,
        };
        if !attached::controlled() || start < 0 {
            // SAFETY: the caller's contract; the call changes no other memory and no descriptor.
            return unsafe { system_call!(SYS_clock_gettime, clock, time) }.make() as c_int;
        }
        let caller = CLOCK_AT.take().unwrap_or_else(|| Location::caller());
        let now = kernel::clock(caller);
        let seconds = start + i64::try_from(now.as_secs()).unwrap_or(i64::MAX - start);
        let now = timespec {
            tv_sec: seconds,
            tv_nsec: c_long::from(now.subsec_nanos().cast_signed()),
        };
        // SAFETY: `time` points to a writable structure, by the caller's contract.
        unsafe { time.write(now) };
        0
    }

    /// `clock_nanosleep(2)`: sleeps in virtual time.
    fn clock_nanosleep(
        clock: clockid_t,
        flags: c_int,
        time: *const timespec,
        left: *mut timespec,
    ) -> c_int {
        if !attached::controlled() {
            // SAFETY: the caller's contract; the call changes no other memory and no descriptor.
            let sleep = unsafe { system_call!(SYS_clock_nanosleep, clock, flags, time, left) };
            return if sleep.make() == 0 { 0 } else { errno() };
        }
        // SAFETY: `time` points to a readable structure, by the caller's contract.
        let Some(mut wait) = duration(unsafe { time.read() }) else {
            return ::libc::EINVAL;
        };
        let caller: Caller = Location::caller();
        if flags & ::libc::TIMER_ABSTIME != 0 {
            let start = if clock == ::libc::CLOCK_REALTIME { EPOCH } else { BOOT };
            let now = kernel::clock(caller) + Duration::from_secs(start.unsigned_abs());
            wait = wait.saturating_sub(now);
        }
        kernel::sleep(wait, caller);
        0
    }

    /// `nanosleep(2)`: sleeps in virtual time.
    fn nanosleep(time: *const timespec, left: *mut timespec) -> c_int {
        // SAFETY: the same contract.
        match unsafe { clock_nanosleep(::libc::CLOCK_MONOTONIC, 0, time, left) } {
            0 => 0,
            error => fail(error),
        }
    }
}
