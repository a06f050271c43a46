//! The few system calls that rustix does not offer: making a process and leaving it.
//!
//! # Safety
//!
//! Processes are copied only while they have a single thread of Rust code; that is checked by
//! the callers (`mp` refuses to start a process while other threads run) and stated there.

use std::io;
use std::time::Duration;

use rustix::process::{Pid, Signal};

/// Which of the two processes returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forked {
    /// The new one.
    Child,
    /// The one that asked, with the child's process id.
    Parent(i32),
}

/// Copies this process by `fork(2)`.
///
/// # Errors
///
/// What `fork` says: `EAGAIN` or `ENOMEM`.
pub fn fork() -> io::Result<Forked> {
    // SAFETY: single-threaded by the module's rule, so no lock of another thread is held in the
    // copy; the child goes on in ordinary Rust code.
    match unsafe { libc::fork() } {
        -1 => Err(io::Error::last_os_error()),
        0 => Ok(Forked::Child),
        pid => Ok(Forked::Parent(pid)),
    }
}

/// CPU time of all threads of a process, to the nanosecond: that of many short-lived processes adds up,
/// where `/proc` rounds down each.
#[must_use]
pub fn cpu_of(pid: i32) -> Option<Duration> {
    // How the kernel writes the clock of another process's CPU time (clock_getcpuclockid(3)).
    const SCHEDULED: usize = 2;
    let clock = usize::try_from(pid).ok().filter(|&pid| pid > 0)?;
    let clock = !clock << 3 | SCHEDULED;
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    let place = (&raw mut time).expose_provenance();
    // SAFETY: the call writes one such structure, which is ours, and nothing else.
    let failed = unsafe { raw_call(libc::SYS_clock_gettime, [clock, place, 0, 0, 0, 0]) };
    let seconds = u64::try_from(time.tv_sec).ok()?;
    (failed == 0).then(|| Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0)))
}

/// Copies this process, past libc's own `fork`. With `sibling`, the new process becomes a child
/// of this process's parent (`CLONE_PARENT`), so that one supervisor sees every exit itself.
///
/// # Errors
///
/// What `clone(2)` says.
pub fn clone(sibling: bool) -> io::Result<Forked> {
    clone_with(if sibling { libc::CLONE_PARENT } else { 0 })
}

/// Copies this process, which then waits until the copy runs another program or has ended.
///
/// # Errors
///
/// What `clone(2)` says.
pub fn clone_and_wait() -> io::Result<Forked> {
    clone_with(libc::CLONE_VFORK)
}

fn clone_with(flags: i32) -> io::Result<Forked> {
    let flags = libc::SIGCHLD | flags;
    // SAFETY: like `fork`: no new stack, nothing shared, single-threaded by the module's rule.
    // libc's cached thread id stays the parent's; it is used for libc's robust, recursive and
    // error-checking mutexes only, which are never shared between processes here.
    match unsafe { call(libc::SYS_clone, flags.unsigned_abs() as usize) } {
        0 => Ok(Forked::Child),
        pid if pid > 0 => Ok(Forked::Parent(i32::try_from(pid).unwrap_or(-1))),
        error => Err(io::Error::from_raw_os_error(
            i32::try_from(-error).unwrap_or(libc::EAGAIN),
        )),
    }
}

/// Lets what this thread starts lie at the same addresses each time (personality(2)). Where the kernel
/// refuses, as in some containers, everything stays as it is.
pub fn fix_addresses() {
    /// Asks for the present value.
    const ASK: libc::c_ulong = 0xffff_ffff;
    // SAFETY: takes a number, and changes nothing.
    let now = unsafe { libc::personality(ASK) };
    if now >= 0 {
        let fixed = now | libc::ADDR_NO_RANDOMIZE;
        // SAFETY: takes a number; only programs that are started later notice.
        unsafe { libc::personality(libc::c_ulong::from(fixed.cast_unsigned())) };
    }
}

/// Ends this process at once: no destructors, no buffers, no handlers.
pub fn leave(code: i32) -> ! {
    loop {
        // SAFETY: never returns and touches no memory of ours.
        unsafe { call(libc::SYS_exit_group, code.cast_unsigned() as usize) };
    }
}

/// A system call with one argument (further ones are 0), without libc: a process that lives for
/// a fraction of a millisecond pays for each part of libc's code that it touches.
///
/// # Safety
///
/// That of the system call.
#[inline(always)]
unsafe fn call(number: libc::c_long, argument: usize) -> isize {
    let result: isize;
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the kernel's calling convention, syscall(2); the rest is the caller's obligation.
    unsafe {
        std::arch::asm!(
            "syscall", inlateout("rax") number as isize => result, in("rdi") argument,
            in("rsi") 0, in("rdx") 0, in("r10") 0, in("r8") 0, out("rcx") _, out("r11") _,
            options(nostack)
        );
    }
    #[cfg(target_arch = "aarch64")]
    // SAFETY: the kernel's calling convention, syscall(2); the rest is the caller's obligation.
    unsafe {
        std::arch::asm!(
            "svc 0", in("x8") number as isize, inlateout("x0") argument as isize => result,
            in("x1") 0, in("x2") 0, in("x3") 0, in("x4") 0, options(nostack)
        );
    }
    result
}

/// A system call with all six arguments, without libc: for what takes the place of libc's own
/// `syscall`. Errors are negative numbers.
///
/// # Safety
///
/// That of the system call.
#[must_use]
pub unsafe fn raw_call(number: libc::c_long, arguments: [usize; 6]) -> isize {
    let [a, b, c, d, e, f] = arguments;
    let result: isize;
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the kernel's calling convention, syscall(2); the rest is the caller's obligation.
    unsafe {
        std::arch::asm!(
            "syscall", inlateout("rax") number as isize => result, in("rdi") a, in("rsi") b,
            in("rdx") c, in("r10") d, in("r8") e, in("r9") f, out("rcx") _, out("r11") _,
            options(nostack)
        );
    }
    #[cfg(target_arch = "aarch64")]
    // SAFETY: the kernel's calling convention, syscall(2); the rest is the caller's obligation.
    unsafe {
        std::arch::asm!(
            "svc 0", in("x8") number as isize, inlateout("x0") a as isize => result, in("x1") b,
            in("x2") c, in("x3") d, in("x4") e, in("x5") f, options(nostack)
        );
    }
    result
}

/// Calls `handler` when the process exits in the ordinary way (returning from main, or `exit`).
///
/// # Errors
///
/// When libc has no room for it.
pub fn at_exit(handler: extern "C" fn()) -> io::Result<()> {
    // SAFETY: the handler is a plain function that lives as long as the program.
    if unsafe { libc::atexit(handler) } == 0 {
        Ok(())
    } else {
        Err(io::ErrorKind::OutOfMemory.into())
    }
}

/// Does nothing: a signal with this handler only interrupts the call that waits.
extern "C" fn interrupted(_signal: i32) {}

/// Lets `signal` interrupt system calls, or (with false) restores its default action.
pub fn interrupting(signal: Signal, on: bool) {
    let handler = if on {
        interrupted as *const () as libc::sighandler_t
    } else {
        libc::SIG_DFL
    };
    // SAFETY: all zeroes is a valid `sigaction`: no flags (so no SA_RESTART), empty mask.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    action.sa_sigaction = handler;
    // SAFETY: the handler takes a signal number and does nothing, which is safe at any moment.
    unsafe { libc::sigaction(signal.as_raw(), &raw const action, std::ptr::null_mut()) };
}

/// Sends SIGALRM to this process again and again.
pub fn alarm_every(period: std::time::Duration) {
    let micros = libc::suseconds_t::from(period.subsec_micros().cast_signed());
    let every = libc::timeval {
        tv_sec: period.as_secs().cast_signed(),
        tv_usec: micros,
    };
    let timer = libc::itimerval {
        it_interval: every,
        it_value: every,
    };
    // SAFETY: reads a valid structure; asks for no old value.
    unsafe { libc::setitimer(libc::ITIMER_REAL, &raw const timer, std::ptr::null_mut()) };
}

/// Asks the kernel to run this process soon when it has something to do, for shorter slices
/// (`sched_setattr(2)`, since Linux 6.12); children do not inherit it.
pub fn prefer_short_slices() {
    const RESET_ON_FORK: u64 = 1;
    const SHORTEST_NANOS: u64 = 100_000;
    // SAFETY: all zeroes is a valid `sched_attr`.
    let mut attributes: libc::sched_attr = unsafe { std::mem::zeroed() };
    let size = size_of::<libc::sched_attr>();
    // SAFETY: the kernel writes at most `size` bytes to a structure of that size.
    let got = unsafe { libc::syscall(libc::SYS_sched_getattr, 0, &raw mut attributes, size, 0) };
    attributes.sched_flags |= RESET_ON_FORK;
    attributes.sched_runtime = SHORTEST_NANOS;
    if got == 0 {
        // SAFETY: the kernel reads the structure, whose size field it filled in itself. Where it
        // refuses, things stay as they are.
        unsafe { libc::syscall(libc::SYS_sched_setattr, 0, &raw const attributes, 0) };
    }
}

/// Makes all threads allocate from one arena: they take turns anyway, so arenas of their own would
/// only cost time. Does nothing where libc has no arenas.
pub fn one_heap() {
    #[cfg(target_env = "gnu")]
    // SAFETY: sets a number that later allocations look at.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
    }
}

/// Whether this process has other threads. A thread that was joined may still be exiting, and does
/// not count: `PF_EXITING` among the flags of `proc_pid_stat(5)`.
#[must_use]
pub fn other_threads() -> bool {
    const PF_EXITING: u64 = 4;
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else {
        return false;
    };
    let lives = |stat: String| {
        let flags = stat.rsplit_once(')')?.1.split_ascii_whitespace().nth(6)?;
        flags.parse().ok().map(|flags: u64| flags & PF_EXITING == 0)
    };
    let stats =
        threads.filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join("stat")).ok());
    stats
        .filter(|stat| lives(stat.clone()) == Some(true))
        .count()
        > 1
}

/// Whether the environment has `name`; takes it out.
pub fn take_variable(name: &std::ffi::CStr) -> bool {
    // SAFETY: a valid C string; called before any other thread exists.
    let found = !unsafe { libc::getenv(name.as_ptr()) }.is_null();
    if found {
        // SAFETY: as above.
        unsafe { libc::unsetenv(name.as_ptr()) };
    }
    found
}

/// Copies the descriptor `from` onto the number `to` (0, 1 or 2).
pub fn put_standard(from: &impl std::os::fd::AsFd, to: i32) {
    use std::os::fd::AsRawFd;
    // SAFETY: only the standard descriptors are replaced, whose users own them by number.
    unsafe { libc::dup2(from.as_fd().as_raw_fd(), to) };
}

/// Closes every descriptor from 3 on.
pub fn close_inherited() {
    // SAFETY: called in a fresh process before the program's own code runs, which therefore owns
    // no descriptor yet; what the server owns is forgotten in it, not closed again.
    unsafe { libc::syscall(libc::SYS_close_range, 3, libc::c_uint::MAX, 0) };
}

/// Sends a signal; an answer of "no such process" is fine.
pub fn signal(pid: i32, signal: i32) {
    if let (Some(pid), Some(signal)) = (Pid::from_raw(pid), Signal::from_named_raw(signal)) {
        let _gone = rustix::process::kill_process(pid, signal);
    }
}

/// Exit code of a wait status (wait(2)) as CPython tells it: negative for a signal.
#[must_use]
pub fn exit_code(status: i32) -> i32 {
    if libc::WIFSIGNALED(status) {
        -libc::WTERMSIG(status)
    } else {
        libc::WEXITSTATUS(status)
    }
}

/// Sleeps for less than a second for real, whatever the checked program made of sleeping.
pub fn rest(time: std::time::Duration) {
    let time = rustix::thread::Timespec {
        tv_sec: 0,
        tv_nsec: time.subsec_nanos().into(),
    };
    let _early = rustix::thread::nanosleep(&time);
}

/// Asks the kernel to kill this process when its parent, the supervisor, dies.
pub fn die_with_parent() {
    let _ = rustix::process::set_parent_process_death_signal(Some(Signal::KILL));
}

/// Whether a thread of this process is still there: tgkill(2) with no signal only looks.
#[must_use]
pub fn has_thread(tid: i32) -> bool {
    let own = rustix::process::getpid().as_raw_pid();
    // SAFETY: takes numbers, and sends nothing.
    unsafe { libc::syscall(libc::SYS_tgkill, own, tid, 0) == 0 }
}
