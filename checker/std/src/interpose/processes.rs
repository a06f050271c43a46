//! Processes and programs, where they are made and waited for by way of libc. A process that is
//! forked is a task of the run; a program that is started (by `Command`) is none.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::cell::Cell;
use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::ptr;
use ::real::sync::{Mutex, MutexGuard, PoisonError};
use ::real::thread_local;
use ::real::time::Duration;

use ::libc::{c_char, c_int, c_void, pid_t};
use ::rustix::event::PollFlags;
use ::rustix::fd::BorrowedFd;
use ::rustix::process::{Pid, WaitId, WaitIdOptions};
use ::sched_model::Act;
use ::sched_model::Op;
use ::sched_runtime::outside::{self, Awaited, FarSide};
use ::sched_runtime::sys::Forked;
use ::sched_runtime::{Object, Until, attached, kernel};
use ::sched_runtime::{process, trial};

use super::descriptors::{is_ready, timespec};
use super::system::fail;

/// How often a program is looked at while nothing else can be done.
const GLANCE: Duration = Duration::from_millis(1);

/// Programs that this process started and did not wait for yet. It may send signals to them.
static PROGRAMS: Mutex<Vec<pid_t>> = Mutex::new(Vec::new());

fn programs() -> MutexGuard<'static, Vec<pid_t>> {
    PROGRAMS.lock().unwrap_or_else(PoisonError::into_inner)
}

thread_local! {
    /// Whether this thread has just copied its process, and the copy runs a program now. The real
    /// std reads next whether that went well: the answer is there, however slow the program is.
    static IS_TOLD: Cell<bool> = const { Cell::new(false) };
}

/// Whether a read of this descriptor tells that a program was started.
pub(super) fn is_told_by(fd: BorrowedFd<'_>) -> bool {
    IS_TOLD.replace(false) && is_ready(fd, PollFlags::IN, Duration::ZERO)
}

/// Copies this process. If the copy becomes a program it is none of the run's tasks, as with
/// `posix_spawn`.
fn copy() -> pid_t {
    let object = a_program();
    outside::point(Op::Start, object, 0, Some(Location::caller()));
    match trial::fork() {
        Ok(trial::Copy::Itself) => 0,
        Ok(trial::Copy::Program(pid)) => {
            outside::starts_program(object);
            programs().push(pid);
            IS_TOLD.set(true);
            pid
        }
        Ok(trial::Copy::Ended(pid)) => pid,
        Ok(trial::Copy::Task) => match process::start("fork", false, Location::caller()) {
            Ok(process::Started::Child) => 0,
            Ok(process::Started::Parent(child)) => child.pid.cast_signed(),
            Err(_) => fail(::libc::EAGAIN),
        },
        Err(error) => fail(error.raw_os_error().unwrap_or(::libc::EAGAIN)),
    }
}

/// The object that stands for all programs.
fn a_program() -> Object {
    outside::object("a program", None)
}

/// Waits for a task of the run, as waitpid(2) does.
fn wait_for_task(child: process::Process, status: Option<&mut c_int>, options: c_int) -> pid_t {
    let caller = Location::caller();
    let code = match options & ::libc::WNOHANG {
        0 => process::join(child, None, caller),
        _ => process::exit_code(child, caller),
    };
    let Ok(Some(code)) = code else { return 0 };
    if let Some(status) = status {
        *status = if code < 0 { -code } else { code << 8 };
    }
    child.pid.cast_signed()
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
    /// fork(2): the child is a task of the run like any other, unless it runs another program.
    fn fork() -> pid_t {
        if !attached::controlled() {
            return match ::sched_runtime::sys::clone(false) {
                Ok(Forked::Child) => 0,
                Ok(Forked::Parent(pid)) => pid,
                Err(_) => -1,
            };
        }
        copy()
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
        // A program's id may be that of a task as well.
        if programs().contains(&pid) {
            return kill.make() as c_int;
        }
        match process::lives(target) {
            false => fail(::libc::ESRCH),
            true if pid <= 0 => fail(::libc::EPERM),
            true if signal == 0 || IGNORED.contains(&signal) => 0,
            true => {
                process::signal(target, signal, Location::caller());
                0
            }
        }
    }

    /// waitpid(2), of a program or of a task.
    fn waitpid(pid: pid_t, status: *mut c_int, options: c_int) -> pid_t {
        let no_usage = ptr::null::<c_void>();
        // SAFETY: the caller's contract; the call changes no other memory and no descriptor.
        let wait = unsafe { system_call!(SYS_wait4, pid, status, options, no_usage) };
        let program = Pid::from_raw(pid).filter(|_| pid > 0 && attached::controlled());
        let Some(program) = program else {
            return wait.make() as pid_t;
        };
        let child = process::Process {
            pid: pid.unsigned_abs(),
        };
        if !programs().contains(&pid) && process::is_known(child) {
            // SAFETY: writable, by the caller's contract, if there is a place at all.
            return wait_for_task(child, unsafe { status.as_mut() }, options);
        }
        let object = a_program();
        if options & ::libc::WNOHANG == 0 {
            let caller = Some(Location::caller());
            outside::point(Op::Join, object, 0, caller);
            let awaited = Awaited {
                object,
                until: Until::Woken,
                is_ready: &mut |time| has_ended(program, time),
                far_side: &|| FarSide::Outside,
                caller,
            };
            awaited.ready();
        }
        let ended = wait.make();
        if ended > 0 {
            outside::done(object, Act::Reaped, 0);
            programs().retain(|program| *program != pid);
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
            outside::point(Op::Start, object, 0, Some(Location::caller()));
        }
        // SAFETY: the same contract.
        let result =
            unsafe { __real_posix_spawnp(pid, file, actions, attributes, arguments, environment) };
        if let Some(object) = program.filter(|_| result == 0) {
            outside::starts_program(object);
            // SAFETY: readable by the caller's contract, and just written by the function.
            let pid = unsafe { pid.read() };
            programs().push(pid);
        }
        result
    }
}
