//! Processes over the two kernels: starting, joining, asking, signalling.

use std::io;
use std::sync::atomic::Ordering;
use std::time::Duration;

use sched_model::Refusal;
use sched_model::engine::world::{Kind, NONE, Op};
use sched_model::limits::{ABORTED, Excess, PANICKED};
use sched_model::records::FIRST_PID;
use sched_segment::os::sys::{self, Forked};

use crate::attached::{attach, controlled, segment, with};
use crate::exits::{await_task, look_at};
use crate::kernel::{self, point};
use crate::object::{Caller, Object, with_site};
use crate::{plain, thread};

/// A started process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Process {
    /// Its process id; virtual under check.
    pub pid: u32,
}

/// Which of the two processes returns from [`start`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    /// The new one.
    Child,
    /// The one that asked.
    Parent(Process),
}

impl Process {
    /// Its leading task, or [`NONE`].
    fn task(self) -> u32 {
        let number = self.pid.wrapping_sub(FIRST_PID);
        with(|world, _| world.leader(number)).unwrap_or(NONE)
    }

    fn real(self) -> i32 {
        self.pid.cast_signed()
    }
}

/// Copies this process, which must have no other threads: locks that they hold would stay held in
/// the copy. Output buffers must be flushed before.
///
/// # Errors
///
/// When there are other threads; when the system, or the limit of a checked run, allows no more
/// processes.
pub fn start(name: &str, daemon: bool, caller: Caller) -> io::Result<Started> {
    let Some(segment) = segment() else {
        if thread::others_live() {
            return Err(error(Refusal::Threads));
        }
        return Ok(match sys::fork()? {
            Forked::Child => Started::Child,
            Forked::Parent(pid) => Started::Parent(Process {
                pid: pid.cast_unsigned(),
            }),
        });
    };
    point(Op::Start, Object::NONE, caller);
    if thread::others_live() {
        return Err(failed(Refusal::Threads));
    }
    let child = with(|world, me| {
        let site = world.task(me).site;
        let child = world.add_task(me, name, daemon, site)?;
        segment.add_task(child, None);
        world.record(me, Kind::Start, NONE, u64::from(child), 0);
        Some((child, world.task(child).pid))
    });
    let Some(Some((child, number))) = child else {
        kernel::unsupported(&Excess::Tasks.text(), Some(caller));
        return Err(failed(Refusal::System));
    };
    match sys::clone(true) {
        Err(error) => {
            with(|world, _| world.exited(child, -1));
            failed(Refusal::System);
            Err(error)
        }
        Ok(Forked::Child) => {
            attach(segment, child, number, true);
            // The parent stores it too, but may be killed before it does.
            let own = rustix::process::getpid().as_raw_pid();
            segment.ids(child).process.store(own, Ordering::Release);
            sys::die_with_parent();
            segment.baton().await_turn(child);
            with(|world, me| world.record(me, Kind::Begin, NONE, 0, 0));
            Ok(Started::Child)
        }
        Ok(Forked::Parent(pid)) => {
            segment.ids(child).process.store(pid, Ordering::Release);
            Ok(Started::Parent(Process {
                pid: FIRST_PID + number,
            }))
        }
    }
}

/// Refuses to start a process. It is a point like any other start, so that a loop which tries again
/// for ever can be recognised.
#[must_use]
pub fn refuse(why: Refusal, caller: Caller) -> io::Error {
    point(Op::Start, Object::NONE, caller);
    failed(why)
}

/// Records that a process was not started, since the program may ignore the error.
fn failed(why: Refusal) -> io::Error {
    with(|world, me| world.record(me, Kind::StartFailed, NONE, why as u64, 0));
    error(why)
}

fn error(why: Refusal) -> io::Error {
    let kind = match why {
        Refusal::Daemon => io::ErrorKind::PermissionDenied,
        Refusal::Threads => io::ErrorKind::Unsupported,
        Refusal::System => return io::Error::from_raw_os_error(libc::EAGAIN),
    };
    io::Error::new(kind, why.text())
}

/// Waits for a child's exit and returns its exit code; `None` when the time is over.
///
/// # Errors
///
/// In a plain run, what `waitpid` says.
pub fn join(child: Process, timeout: Option<Duration>, caller: Caller) -> io::Result<Option<i32>> {
    let code = await_exit(child, timeout, caller)?;
    if code.is_some() {
        noticed(child);
    }
    Ok(code)
}

/// Notes that the parent itself asked whether this child has ended, and knows it now.
fn noticed(child: Process) {
    if controlled() {
        let task = child.task();
        with(|world, _| world.task_mut(task).joined = 1);
    }
}

/// Notes that the program is told once more, or without waiting, with which exit code a child has
/// ended. Only where that says that the child failed does it matter who was told.
pub fn told(child: Process, code: i32, caller: Caller) {
    if !matches!(code, PANICKED | ABORTED) || !controlled() {
        return;
    }
    let task = child.task();
    with_site(Some(caller), |world, me, site| {
        world.task_mut(me).site = site;
        world.record(me, Kind::Joined, NONE, u64::from(task), 0);
    });
}

/// Like [`join`], for the joins at the parent's end that the program did not ask for.
///
/// # Errors
///
/// As [`join`].
pub fn await_exit(
    child: Process,
    timeout: Option<Duration>,
    caller: Caller,
) -> io::Result<Option<i32>> {
    if !controlled() {
        return plain::join(child.real(), timeout);
    }
    Ok(await_task(child.task(), timeout, caller))
}

/// The exit code of a child that has exited; `None` while it lives. Asking is a point.
///
/// # Errors
///
/// In a plain run, what `waitpid` says.
pub fn exit_code(child: Process, caller: Caller) -> io::Result<Option<i32>> {
    if !controlled() {
        return plain::join(child.real(), Some(Duration::ZERO));
    }
    let code = look_at(child.task(), caller);
    if code.is_some() {
        noticed(child);
    }
    Ok(code)
}

/// Sends a signal that ends the process. Under check it ends when it is next chosen to run: until
/// then it may be found alive, as with any signal.
pub fn signal(process: Process, signal: i32, caller: Caller) {
    if !controlled() {
        return sys::signal(process.real(), signal);
    }
    point(Op::Signal, Object::NONE, caller);
    if process.pid == kernel::pid() {
        return sys::signal(rustix::process::getpid().as_raw_pid(), signal);
    }
    let task = process.task();
    with(|world, me| world.kill_later(me, task, signal.cast_unsigned()));
}

/// Whether this is a process of this run, alive or not; false in a plain run.
#[must_use]
pub fn is_known(process: Process) -> bool {
    process.task() != NONE
}

/// Whether a process of this run lives; false in a plain run.
#[must_use]
pub fn lives(process: Process) -> bool {
    kernel::lives(process.task()) == Some(true)
}
