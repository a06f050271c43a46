//! Processes and programs, where they are made and waited for by way of libc. A process that is
//! forked is a task of the run; a program that is started (by `Command`) is none.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::ptr;
use ::real::sync::atomic::{AtomicI32, Ordering};
use ::real::time::Duration;

use ::libc::{c_char, c_int, c_void, pid_t};
use ::rustix::process::{Pid, WaitId, WaitIdOptions};
use ::sched_model::Act;
use ::sched_model::Op;
use ::sched_runtime::sys::Forked;
use ::sched_runtime::{Object, Until, attached, kernel};
use ::sched_runtime::{outside, process};

use super::descriptors::timespec;
use super::system::fail;

/// How often a program is looked at while nothing else can be done.
const GLANCE: Duration = Duration::from_millis(1);

/// Programs that this process started and did not wait for yet; 0 for a free place. It may send
/// signals to them.
static PROGRAMS: [AtomicI32; 64] = [const { AtomicI32::new(0) }; 64];

/// The place of a program, or for 0 a free one.
fn place_of(pid: pid_t) -> Option<&'static AtomicI32> {
    let mut places = PROGRAMS.iter();
    places.find(|place| place.load(Ordering::Relaxed) == pid)
}

/// The object that stands for all programs.
fn a_program() -> Object {
    outside::object("a program", None)
}

/// Signals that end nobody who does not ask for them.
const IGNORED: [c_int; 4] = [
    ::libc::SIGCHLD,
    ::libc::SIGCONT,
    ::libc::SIGURG,
    ::libc::SIGWINCH,
];

/// Whether a program has ended; waits up to `time` for that.
fn has_ended(program: Pid, time: Duration) -> bool {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    let glance = timespec(GLANCE);
    let mut left = time;
    loop {
        match ::rustix::process::waitid(WaitId::Pid(program), options) {
            Ok(None) if left.is_zero() => return false,
            Ok(None) => {}
            Ok(Some(_)) | Err(_) => return true,
        }
        // SAFETY: the kernel reads the time, which lives until the call returns; the call changes
        // no memory and no descriptor.
        let sleep = unsafe { system_call!(SYS_nanosleep, ptr::from_ref(&glance), 0_usize) };
        // A signal makes it shorter, which does no harm.
        let _ = sleep.make();
        left = left.saturating_sub(GLANCE);
    }
}

replace! {
    /// fork(2): the child is a task of the run like any other.
    fn fork() -> pid_t {
        if !attached::controlled() {
            return match ::sched_runtime::sys::clone(false) {
                Ok(Forked::Child) => 0,
                Ok(Forked::Parent(pid)) => pid,
                Err(_) => -1,
            };
        }
        match process::start("fork", false, Location::caller()) {
            Ok(process::Started::Child) => 0,
            Ok(process::Started::Parent(child)) => child.pid.cast_signed(),
            Err(_) => fail(::libc::EAGAIN),
        }
    }

    /// setsid(2): says yes and does nothing in a run, whose processes stay one group.
    fn setsid() -> pid_t {
        if attached::controlled() {
            return kernel::pid().cast_signed();
        }
        // SAFETY: the call changes no memory and no descriptor.
        unsafe { system_call!(SYS_setsid) }.make() as pid_t
    }

    /// setpgid(2): as [`setsid`].
    fn setpgid(pid: pid_t, group: pid_t) -> c_int {
        if attached::controlled() {
            return 0;
        }
        // SAFETY: the call changes no memory and no descriptor.
        unsafe { system_call!(SYS_setpgid, pid, group) }.make() as c_int
    }

    /// pause(2): the real std calls it where a thread wants to end the process that another one
    /// ends already. It waits for that end.
    fn pause() -> c_int {
        if attached::is_task() {
            kernel::wait_for_ever();
        }
        // An empty set of signals: none is blocked while it waits.
        let none = 0_u64;
        let (none, size) = (ptr::from_ref(&none), size_of::<u64>());
        // SAFETY: the kernel reads the set, of this size, which lives until the call returns; the
        // call changes no memory and no descriptor.
        unsafe { system_call!(SYS_rt_sigsuspend, none, size) }.make() as c_int
    }

    /// kill(2): to a task of the run, by its virtual process id, or to a program that this process
    /// started, and to no other process.
    fn kill(pid: pid_t, signal: c_int) -> c_int {
        // SAFETY: the call changes no memory and no descriptor.
        let kill = unsafe { system_call!(SYS_kill, pid, signal) };
        if !attached::controlled() {
            return kill.make() as c_int;
        }
        let target = process::Process {
            pid: pid.unsigned_abs(),
        };
        match process::lives(target) {
            false if pid > 0 && place_of(pid).is_some() => kill.make() as c_int,
            false => fail(::libc::ESRCH),
            true if pid <= 0 => fail(::libc::EPERM),
            true if signal == 0 || IGNORED.contains(&signal) => 0,
            true => {
                process::signal(target, signal, Location::caller());
                0
            }
        }
    }

    /// waitpid(2), of a program.
    fn waitpid(pid: pid_t, status: *mut c_int, options: c_int) -> pid_t {
        let no_usage = ptr::null::<c_void>();
        // SAFETY: the caller's contract; the call changes no other memory and no descriptor.
        let wait = unsafe { system_call!(SYS_wait4, pid, status, options, no_usage) };
        let program = Pid::from_raw(pid).filter(|_| pid > 0 && attached::controlled());
        let Some(program) = program else {
            return wait.make() as pid_t;
        };
        let object = a_program();
        if options & ::libc::WNOHANG == 0 {
            outside::point(Op::Join, object, None);
            outside::await_ready(object, Until::Woken, |time| has_ended(program, time), None);
        }
        let ended = wait.make();
        if ended > 0 {
            outside::done(object, Act::Reaped, 0);
            if let Some(place) = place_of(pid) {
                place.store(0, Ordering::Relaxed);
            }
        }
        ended as pid_t
    }
    /// `posix_spawnp(3)`.
    wraps __real_posix_spawnp fn __wrap_posix_spawnp(
        pid: *mut pid_t,
        file: *const c_char,
        actions: *const c_void,
        attributes: *const c_void,
        arguments: *const *mut c_char,
        environment: *const *mut c_char,
    ) -> c_int {
        let program = attached::controlled().then(a_program);
        if let Some(object) = program {
            outside::point(Op::Start, object, None);
        }
        // SAFETY: the same contract.
        let result =
            unsafe { __real_posix_spawnp(pid, file, actions, attributes, arguments, environment) };
        if let Some(object) = program.filter(|_| result == 0) {
            outside::starts_program(object);
            // SAFETY: readable by the caller's contract, and just written by the function.
            let pid = unsafe { pid.read() };
            if let Some(place) = place_of(0) {
                place.store(pid, Ordering::Relaxed);
            }
        }
        result
    }
}
