//! Calls on pipes and sockets: who would block in one waits first, as the scheduler lets it, and
//! only then makes the call.
//!
//! Descriptors that never block are left alone.

use ::real::matches;
use ::real::prelude::rust_2024::*;
use ::real::time::Duration;

use ::libc::c_long;
use ::rustix::event::{PollFd, PollFlags, Timespec};
use ::rustix::fd::{AsRawFd, BorrowedFd};
use ::rustix::fs::{FileType, OFlags};
use ::rustix::net::sockopt::{Timeout, socket_timeout};
use ::sched_model::Act;
use ::sched_model::Op;
use ::sched_runtime::outside;
use ::sched_runtime::{Object, Until, attached};

use super::processes;
use super::system::fail;

/// What a call on a descriptor has to do with others.
pub(super) enum Calls<'a> {
    /// Nothing: at its other end is neither another task nor a program.
    Alone,
    /// Others may notice it, and it never blocks.
    Noticed,
    /// It may block until others did something to what the object stands for.
    Blocking(BorrowedFd<'a>, Object),
}

impl<'a> Calls<'a> {
    /// What a call on this descriptor has to do with others. Standard input, output and error
    /// are nobody's.
    pub(super) fn on(fd: Option<BorrowedFd<'a>>) -> Self {
        // A copy of a process has others' descriptors until it has closed them.
        let others = attached::controlled() && !attached::on_trial();
        let Some(fd) = fd.filter(|fd| fd.as_raw_fd() > 2 && others) else {
            return Self::Alone;
        };
        let flags = || ::rustix::fs::fcntl_getfl(fd).ok();
        match kind(fd).zip(flags()) {
            None => Self::Alone,
            Some((_, flags)) if flags.contains(OFlags::NONBLOCK) => Self::Noticed,
            Some((name, _)) => Self::Blocking(fd, outside::object(name, None)),
        }
    }
}

/// What kind of thing a descriptor stands for, if it is one that others can be at the end of.
pub(super) fn kind(fd: BorrowedFd<'_>) -> Option<&'static str> {
    let about = ::rustix::fs::fstat(fd).ok()?;
    match FileType::from_raw_mode(about.st_mode) {
        FileType::Fifo => Some("a pipe"),
        FileType::Socket => Some("a socket"),
        _ => None,
    }
}

/// A time as the kernel takes it.
pub(super) fn timespec(time: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: time.subsec_nanos().into(),
    }
}

/// Makes a call on a descriptor once it need not block. `deed` is what was done if the call says
/// how much.
pub(super) fn through(
    fd: Option<BorrowedFd<'_>>,
    deed: Act,
    call: impl FnOnce() -> c_long,
) -> c_long {
    match Calls::on(fd) {
        Calls::Alone => call(),
        Calls::Noticed => stirring(call),
        Calls::Blocking(fd, _) if deed == Act::Received && processes::is_told_by(fd) => call(),
        Calls::Blocking(fd, object) => once_ready(fd, object, deed, call),
    }
}

/// Makes a call that never blocks, and is no point: those that wait may find that it was made.
pub(super) fn stirring(call: impl FnOnce() -> c_long) -> c_long {
    let result = call();
    if result >= 0 {
        outside::stirred();
    }
    result
}

/// The same, if it sends: it says how many bytes.
pub(super) fn stirring_by_bytes(call: impl FnOnce() -> c_long) -> c_long {
    let sent = stirring(call);
    if let Ok(bytes) = u64::try_from(sent) {
        outside::sent(bytes, None);
    }
    sent
}

/// The point before a call that may block, the wait until it need not, and the call.
pub(super) fn once_ready(
    fd: BorrowedFd<'_>,
    object: Object,
    deed: Act,
    call: impl FnOnce() -> c_long,
) -> c_long {
    if !may_go(fd, object, deed == Act::Sent) {
        return c_long::from(fail(::libc::EAGAIN));
    }
    let result = call();
    match u64::try_from(result) {
        Ok(_) if deed == Act::Accepted => outside::done(object, deed, 0),
        Ok(0) if deed == Act::Received => outside::done(object, Act::Ended, 0),
        Ok(bytes) => {
            outside::done(object, deed, bytes);
            if deed == Act::Sent {
                outside::sent(bytes, None);
            }
        }
        Err(_) => {}
    }
    result
}

/// The point, and the wait. False when the time that the socket allows is over.
fn may_go(fd: BorrowedFd<'_>, object: Object, sends: bool) -> bool {
    let (op, events, timeout) = if sends {
        (Op::Send, PollFlags::OUT, Timeout::Send)
    } else {
        (Op::Receive, PollFlags::IN, Timeout::Recv)
    };
    outside::point(op, object, None);
    let is_ready = |time| is_ready(fd, events, time);
    // A pipe has no such time.
    let until = Until::after(socket_timeout(fd, timeout).ok().flatten());
    if sends {
        outside::await_room(object, until, is_ready, None)
    } else {
        outside::await_ready(object, until, is_ready, None)
    }
}

/// Whether a call on a descriptor need not block; waits up to `time` for that.
pub(super) fn is_ready(fd: BorrowedFd<'_>, events: PollFlags, time: Duration) -> bool {
    let mut polled = [PollFd::from_borrowed_fd(fd, events)];
    let found = ::rustix::event::poll(&mut polled, Some(&timespec(time)));
    !matches!(found, Ok(0))
}

/// Makes a call after which who waits at the other end of a descriptor may find that it was made.
pub(super) fn found_out(fd: Option<BorrowedFd<'_>>, call: impl FnOnce() -> c_long) -> c_long {
    let object = match Calls::on(fd) {
        Calls::Alone => return call(),
        Calls::Noticed => return stirring(call),
        Calls::Blocking(_, object) => object,
    };
    outside::point(Op::Sign, object, None);
    let result = call();
    outside::done(object, Act::Closed, 0);
    result
}
