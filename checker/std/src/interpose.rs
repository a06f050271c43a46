//! Functions of libc that the real std calls, replaced at link time.
//!
//! Each does what the scheduler wants in a task of a run, and otherwise what libc would do, by a
//! system call of its own. Signatures and results are those of the manual pages.
//!
//! # Safety
//!
//! Pointers come from the caller, with the contracts of the libc functions of the same names;
//! they are only passed on to the kernel or used within those contracts. Descriptors likewise:
//! they are borrowed for one call, as the caller's numbers.

use ::real::cell::Cell;
use ::real::cmp::Ord;
use ::real::convert::{From, TryFrom};
use ::real::option::Option::{self, None, Some};
use ::real::panic::Location;
use ::real::time::Duration;
use ::real::{slice, thread_local};

use ::libc::{c_int, c_long, c_uint, c_void, clockid_t, pid_t, size_t, ssize_t, timespec};
use ::sched::kernel;
use ::sched::process;

/// Virtual time 0 as seconds since 1970: the first of January 2026.
const EPOCH: i64 = 1_767_225_600;
/// Virtual time 0 on the monotonic clock: programs may subtract from a first reading.
pub(crate) const BOOT: i64 = 1_000_000;

thread_local! {
    static CLOCK_AT: Cell<Option<&'static Location<'static>>> = const { Cell::new(None) };
}

/// The next reading of the clock is called from here.
pub(crate) fn reading_the_clock_at(caller: &'static Location<'static>) {
    CLOCK_AT.set(Some(caller));
}

/// The number of the last error.
pub(crate) fn errno() -> c_int {
    // SAFETY: takes nothing and cannot fail.
    let place = unsafe { ::libc::__errno_location() };
    // SAFETY: libc's errno of this thread is always valid.
    unsafe { *place }
}

/// Calls the kernel; −1 and errno on an error, as libc does.
pub(crate) fn call(number: c_long, a: usize, b: usize, c: usize, d: usize) -> c_long {
    // SAFETY: the caller of the interposed function vouches for what the arguments point to.
    unsafe { ::libc::syscall(number, a, b, c, d) }
}

/// The same with all arguments, past libc.
pub(crate) fn system(number: c_long, arguments: [usize; 6]) -> c_long {
    // SAFETY: as in `call`.
    let result = unsafe { ::sched::sys::raw_call(number, arguments) };
    match c_int::try_from(-result) {
        ::real::result::Result::Ok(errno @ 1..=4095) => c_long::from(fail(errno)),
        _ => result as c_long,
    }
}

pub(crate) fn fail(errno: c_int) -> c_int {
    // SAFETY: libc's errno of this thread is always valid.
    let place = unsafe { ::libc::__errno_location() };
    // SAFETY: as above.
    unsafe { *place = errno };
    -1
}

/// write(2): standard output and error go to the run's transcript.
///
/// # Safety
///
/// As write(2): `bytes` points to `count` readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn write(fd: c_int, bytes: *const c_void, count: size_t) -> ssize_t {
    if kernel::controlled() && (fd == 1 || fd == 2) {
        if bytes.is_null() || count == 0 {
            return 0;
        }
        // SAFETY: the caller's contract.
        let bytes = unsafe { slice::from_raw_parts(bytes.cast::<u8>(), count) };
        let caller = crate::print::last_print().unwrap_or_else(|| Location::caller());
        kernel::print(bytes, fd == 2, caller);
        return count.cast_signed();
    }
    // SAFETY: the same contract.
    unsafe { crate::files::write_file(fd, bytes, count, None) }
}

/// writev(2): as [`write`], for the first part that is not empty.
///
/// # Safety
///
/// As writev(2): `parts` points to `count` valid descriptions of readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn writev(fd: c_int, parts: *const ::libc::iovec, count: c_int) -> ssize_t {
    let number = usize::try_from(count).unwrap_or(0);
    if kernel::controlled() && (fd == 1 || fd == 2) && !parts.is_null() {
        // SAFETY: the caller's contract.
        let parts = unsafe { slice::from_raw_parts(parts, number) };
        let mut written = 0;
        for part in parts {
            // SAFETY: the caller's contract, for each part.
            written += unsafe { write(fd, part.iov_base, part.iov_len) };
        }
        return written;
    }
    let fd = usize::try_from(fd).unwrap_or(usize::MAX);
    call(::libc::SYS_writev, fd, parts.addr(), number, 0) as ssize_t
}

/// `clock_gettime(2)`: wall clock and monotonic clock show virtual time.
///
/// # Safety
///
/// As `clock_gettime(2)`: `time` points to a writable structure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn clock_gettime(clock: clockid_t, time: *mut timespec) -> c_int {
    let start = match clock {
        ::libc::CLOCK_REALTIME | ::libc::CLOCK_REALTIME_COARSE | ::libc::CLOCK_TAI => EPOCH,
        ::libc::CLOCK_MONOTONIC
        | ::libc::CLOCK_MONOTONIC_RAW
        | ::libc::CLOCK_MONOTONIC_COARSE
        | ::libc::CLOCK_BOOTTIME => BOOT,
        _ => -1,
    };
    if !kernel::controlled() || start < 0 {
        let clock = usize::try_from(clock).unwrap_or(usize::MAX);
        return call(::libc::SYS_clock_gettime, clock, time.addr(), 0, 0) as c_int;
    }
    let caller = CLOCK_AT.take().unwrap_or_else(|| Location::caller());
    let now = kernel::clock(caller);
    let seconds = start + i64::try_from(now.as_secs()).unwrap_or(i64::MAX - start);
    let now = timespec {
        tv_sec: seconds,
        tv_nsec: c_long::from(now.subsec_nanos().cast_signed()),
    };
    // SAFETY: the caller's contract.
    unsafe { time.write(now) };
    0
}

/// The duration that a timespec says; `None` if it is not a valid one.
fn duration(time: timespec) -> Option<Duration> {
    let nanos = u32::try_from(time.tv_nsec)
        .ok()
        .filter(|n| *n < 1_000_000_000)?;
    u64::try_from(time.tv_sec)
        .ok()
        .map(|seconds| Duration::new(seconds, nanos))
}

/// `clock_nanosleep(2)`: sleeps in virtual time.
///
/// # Safety
///
/// As `clock_nanosleep(2)`: `time` points to a readable structure, `left` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn clock_nanosleep(
    clock: clockid_t,
    flags: c_int,
    time: *const timespec,
    left: *mut timespec,
) -> c_int {
    if !kernel::controlled() {
        let clock = usize::try_from(clock).unwrap_or(usize::MAX);
        let flags = usize::try_from(flags).unwrap_or(usize::MAX);
        let end = call(
            ::libc::SYS_clock_nanosleep,
            clock,
            flags,
            time.addr(),
            left.addr(),
        );
        return if end == 0 { 0 } else { errno() };
    }
    // SAFETY: the caller's contract.
    let Some(mut wait) = duration(unsafe { time.read() }) else {
        return ::libc::EINVAL;
    };
    let caller: &'static Location<'static> = Location::caller();
    if flags & ::libc::TIMER_ABSTIME != 0 {
        let start = if clock == ::libc::CLOCK_REALTIME {
            EPOCH
        } else {
            BOOT
        };
        let now = kernel::clock(caller) + Duration::from_secs(start.unsigned_abs());
        wait = wait.saturating_sub(now);
    }
    kernel::sleep(wait, caller);
    0
}

/// `nanosleep(2)`: sleeps in virtual time.
///
/// # Safety
///
/// As `nanosleep(2)`: `time` points to a readable structure, `left` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nanosleep(time: *const timespec, left: *mut timespec) -> c_int {
    // SAFETY: the same contract.
    match unsafe { clock_nanosleep(::libc::CLOCK_MONOTONIC, 0, time, left) } {
        0 => 0,
        errno => fail(errno),
    }
}

/// `getrandom(2)`: the same bytes in every schedule of a seed; hash maps get their keys from it.
///
/// # Safety
///
/// As `getrandom(2)`: `buffer` points to `length` writable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn getrandom(buffer: *mut c_void, length: size_t, flags: c_uint) -> ssize_t {
    if !kernel::controlled() {
        let flags = usize::try_from(flags).unwrap_or(0);
        return call(::libc::SYS_getrandom, buffer.addr(), length, flags, 0) as ssize_t;
    }
    if !buffer.is_null() && length > 0 {
        // SAFETY: the caller's contract; bytes of any value are valid to overwrite.
        kernel::fixed_bytes(unsafe { slice::from_raw_parts_mut(buffer.cast::<u8>(), length) });
    }
    length.cast_signed()
}

/// getpid(2): virtual.
#[unsafe(no_mangle)]
pub extern "C" fn getpid() -> pid_t {
    kernel::pid().cast_signed()
}

/// getppid(2): virtual.
#[unsafe(no_mangle)]
pub extern "C" fn getppid() -> pid_t {
    kernel::parent_pid().cast_signed()
}

/// gettid(2): virtual, the same as the process id, as for any main thread.
#[unsafe(no_mangle)]
pub extern "C" fn gettid() -> pid_t {
    kernel::task_number().cast_signed()
}

/// fork(2): the child is a task of the run like any other.
#[unsafe(no_mangle)]
pub extern "C" fn fork() -> pid_t {
    if !kernel::controlled() {
        return match ::sched::sys::clone(false) {
            ::real::result::Result::Ok(::sched::sys::Forked::Child) => 0,
            ::real::result::Result::Ok(::sched::sys::Forked::Parent(pid)) => pid,
            ::real::result::Result::Err(_) => -1,
        };
    }
    match process::start("fork", false, Location::caller()) {
        ::real::result::Result::Ok(process::Started::Child) => 0,
        ::real::result::Result::Ok(process::Started::Parent(child)) => child.pid.cast_signed(),
        ::real::result::Result::Err(_) => fail(::libc::EAGAIN),
    }
}

/// setsid(2): says yes and does nothing in a run, whose processes stay one group.
#[unsafe(no_mangle)]
pub extern "C" fn setsid() -> pid_t {
    if kernel::controlled() {
        getpid()
    } else {
        call(::libc::SYS_setsid, 0, 0, 0, 0) as pid_t
    }
}

/// setpgid(2): as [`setsid`].
#[unsafe(no_mangle)]
pub extern "C" fn setpgid(pid: pid_t, group: pid_t) -> c_int {
    if kernel::controlled() {
        return 0;
    }
    let number = |n: pid_t| usize::try_from(n).unwrap_or(usize::MAX);
    call(::libc::SYS_setpgid, number(pid), number(group), 0, 0) as c_int
}

/// pause(2): the real std calls it where a thread wants to end the process that another one ends
/// already. It waits for that end.
#[unsafe(no_mangle)]
pub extern "C" fn pause() -> c_int {
    if kernel::is_task() {
        kernel::wait_for_ever();
    }
    // No signals, as an argument, lets all through: none is blocked here.
    let none = 0_u64;
    let size = ::real::mem::size_of::<u64>();
    call(
        ::libc::SYS_rt_sigsuspend,
        ::real::ptr::from_ref(&none).addr(),
        size,
        0,
        0,
    ) as c_int
}

/// Signals that end nobody who does not ask for them.
const IGNORED: [c_int; 4] = [
    ::libc::SIGCHLD,
    ::libc::SIGCONT,
    ::libc::SIGURG,
    ::libc::SIGWINCH,
];

/// kill(2): to a task of the run, by its virtual process id, or to a program that this process
/// started, and to no other process.
#[unsafe(no_mangle)]
pub extern "C" fn kill(pid: pid_t, signal: c_int) -> c_int {
    if !kernel::controlled() {
        let number = |n: c_int| isize::try_from(n).unwrap_or(0).cast_unsigned();
        return call(::libc::SYS_kill, number(pid), number(signal), 0, 0) as c_int;
    }
    let target = process::Process {
        pid: pid.unsigned_abs(),
    };
    match process::lives(target) {
        false if crate::outside::is_program(pid) => {
            let number = |n: c_int| isize::try_from(n).unwrap_or(0).cast_unsigned();
            call(::libc::SYS_kill, number(pid), number(signal), 0, 0) as c_int
        }
        false => fail(::libc::ESRCH),
        true if pid <= 0 => fail(::libc::EPERM),
        true if signal == 0 || IGNORED.contains(&signal) => 0,
        true => {
            process::signal(target, signal, Location::caller());
            0
        }
    }
}

unsafe extern "C" {
    /// libc's own `pthread_getattr_np`: the linker gives it this name (`--wrap`).
    fn __real_pthread_getattr_np(
        thread: ::libc::pthread_t,
        attributes: *mut ::libc::pthread_attr_t,
    ) -> c_int;
    /// libc's own `pthread_create`.
    fn __real_pthread_create(
        thread: *mut c_void,
        attributes: *const c_void,
        start: *const c_void,
        argument: *mut c_void,
    ) -> c_int;
}

/// `pthread_getattr_np(3)`, which the real std calls at the start of a thread to recognise a stack
/// overflow. For main, libc would read `/proc/self/maps` each time; the answer was looked up once,
/// before the processes of a run were made.
///
/// # Safety
///
/// As `pthread_getattr_np(3)`: `attributes` points to a writable structure, to be destroyed by the
/// caller.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn __wrap_pthread_getattr_np(
    thread: ::libc::pthread_t,
    attributes: *mut ::libc::pthread_attr_t,
) -> c_int {
    let end = kernel::stack_end().filter(|_| kernel::leads_process());
    let Some(end) = end else {
        // SAFETY: the same contract.
        return unsafe { __real_pthread_getattr_np(thread, attributes) };
    };
    let mut limit = ::libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    // SAFETY: writes the structure it is given.
    unsafe { ::libc::getrlimit(::libc::RLIMIT_STACK, &raw mut limit) };
    // An unlimited stack still needs a number: the default.
    let size = usize::try_from(limit.rlim_cur)
        .unwrap_or(0)
        .clamp(1 << 16, 8 << 20);
    // SAFETY: the caller's contract.
    match unsafe { ::libc::pthread_attr_init(attributes) } {
        // SAFETY: just initialised; the range is the stack as libc would describe it, and is only
        // described here, not used.
        0 => unsafe {
            ::libc::pthread_attr_setstack(
                attributes,
                ::real::ptr::without_provenance_mut(end - size),
                size,
            )
        },
        error => error,
    }
}

/// `pthread_create(3)`: a thread that the scheduler does not know would run beside it, so the run
/// ends instead. Others are made as always.
///
/// # Safety
///
/// As `pthread_create(3)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn __wrap_pthread_create(
    thread: *mut c_void,
    attributes: *const c_void,
    start: *const c_void,
    argument: *mut c_void,
) -> c_int {
    if kernel::controlled() && !::sched::thread::is_making() {
        kernel::unsupported(
            "a thread was started in another way than by std::thread",
            None,
        );
    }
    // SAFETY: the same contract.
    unsafe { __real_pthread_create(thread, attributes, start, argument) }
}
