//! The kernel of plain runs: Linux's own futexes and processes, nothing in between.

use std::io;
use std::sync::atomic::AtomicU32;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, WaitOptions};
use rustix::thread::futex;
use sched_segment::os::sys::exit_code;

/// Blocks while `word` has this value, at most for `timeout`. False when the time is over.
/// May return early: look at the word again.
pub fn wait(word: &AtomicU32, value: u32, timeout: Option<Duration>) -> bool {
    let timeout = timeout.and_then(|t| Timespec::try_from(t).ok());
    let end = futex::wait(word, futex::Flags::empty(), value, timeout.as_ref());
    end != Err(Errno::TIMEDOUT)
}

/// Wakes up to `n` waiters, in whatever process they are. Returns how many.
pub fn wake(word: &AtomicU32, n: u32) -> u32 {
    let woken = futex::wake(word, futex::Flags::empty(), n);
    woken.map_or(0, |woken| u32::try_from(woken).unwrap_or(u32::MAX))
}

/// Waits for a child's exit, at most for `timeout`. `None` when the time is over.
///
/// # Errors
///
/// What `waitpid` says; `ECHILD` when `pid` is no child of this process.
pub fn join(pid: i32, timeout: Option<Duration>) -> io::Result<Option<i32>> {
    let pid = Pid::from_raw(pid).ok_or(io::ErrorKind::InvalidInput)?;
    let options = match timeout {
        Some(timeout) => {
            wait_readable(pid, timeout)?;
            WaitOptions::NOHANG
        }
        None => WaitOptions::empty(),
    };
    loop {
        match rustix::process::waitpid(Some(pid), options) {
            Ok(found) => return Ok(found.map(|(_, status)| exit_code(status.as_raw()))),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Waits until the process has exited or the time is over (`pidfd_open(2)`).
fn wait_readable(pid: Pid, timeout: Duration) -> io::Result<()> {
    let fd = rustix::process::pidfd_open(pid, PidfdFlags::empty())?;
    // A moment that the clock will never reach counts as no limit.
    let until = Instant::now().checked_add(timeout);
    loop {
        let left = until.map(|until| until.saturating_duration_since(Instant::now()));
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        let mut fds = [PollFd::new(&fd, PollFlags::IN)];
        match rustix::event::poll(&mut fds, left.as_ref()) {
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
            Ok(_) => return Ok(()),
        }
    }
}
