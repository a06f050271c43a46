//! Copies of a process on trial. A copy that becomes another program never was a task: that is how
//! std starts programs in some cases. One that needs the scheduler before is undone, which nobody
//! can notice since it has changed only its own memory, and then it is made again as a task.

use std::io;
use std::sync::atomic::Ordering;

use rustix::process::{Pid, WaitOptions};
use sched_segment::os::proc;
use sched_segment::os::sys::{self, Forked};

use crate::attached::{begin_trial, segment};

/// What a copy of this process turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    /// This process is the copy.
    Itself,
    /// It runs another program.
    Program(i32),
    /// It has ended without a need of the scheduler.
    Ended(i32),
    /// It needs the scheduler, and was undone.
    Task,
}

/// Copies this process, and waits until it is clear what the copy is. Whoever starts a program waits
/// for that anyway, to learn whether it could be started.
///
/// # Errors
///
/// What `clone(2)` says.
pub fn fork() -> io::Result<Copy> {
    let Some(segment) = segment() else {
        return Err(io::ErrorKind::Unsupported.into());
    };
    segment.on_trial.store(0, Ordering::Release);
    let pid = match sys::clone_and_wait()? {
        Forked::Child => {
            begin_trial();
            return Ok(Copy::Itself);
        }
        Forked::Parent(pid) => pid,
    };
    if segment.on_trial.load(Ordering::Acquire) != 0 {
        // If it is not there any more, so much the better.
        let _ended = rustix::process::waitpid(Pid::from_raw(pid), WaitOptions::empty());
        return Ok(Copy::Task);
    }
    Ok(match proc::runs_another_program(pid) {
        Some(false) => Copy::Ended(pid),
        Some(true) | None => Copy::Program(pid),
    })
}
