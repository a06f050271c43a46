//! Calls on pipes and sockets: who would block in one waits first, as the scheduler lets it, and
//! only then makes the call.
//!
//! Descriptors that never block are left alone.

use ::real::matches;
use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::time::Duration;

use ::libc::c_long;
use ::rustix::event::{PollFd, PollFlags, Timespec};
use ::rustix::fd::{AsRawFd, BorrowedFd};
use ::rustix::fs::{FileType, OFlags};
use ::rustix::net::sockopt::{Timeout, socket_acceptconn, socket_timeout};
use ::sched_model::Act;
use ::sched_model::Op;
use ::sched_runtime::outside::{self, Awaited};
use ::sched_runtime::{Object, Until, attached};

use super::system::{errno, fail};
use super::{far_side, processes};

/// What a call on a descriptor has to do with others.
pub(super) enum Calls<'a> {
    /// Nothing: at its other end is neither another task nor a program.
    Alone,
    /// Others may notice it, and it never blocks.
    AtOnce(BorrowedFd<'a>, Object),
    /// It may block until others did something to what the object stands for.
    Blocking(BorrowedFd<'a>, Object),
}

impl<'a> Calls<'a> {
    /// What a call on this descriptor has to do with others. Standard input, output and error
    /// are nobody's.
    pub(super) fn on(fd: Option<BorrowedFd<'a>>) -> Self {
        // A copy of a process has others' descriptors until it has closed them.
        let others = attached::controlled() && !attached::on_trial();
        let others = others && !outside::is_for_a_primitive();
        let Some(fd) = fd.filter(|fd| fd.as_raw_fd() > 2 && others) else {
            return Self::Alone;
        };
        let flags = || ::rustix::fs::fcntl_getfl(fd).ok();
        match kind(fd).zip(flags()) {
            None => Self::Alone,
            Some((name, flags)) => {
                let object = outside::object(name, None);
                match flags.contains(OFlags::NONBLOCK) {
                    true => Self::AtOnce(fd, object),
                    false => Self::Blocking(fd, object),
                }
            }
        }
    }

    /// The same for a call that may say for itself that it is not to block.
    pub(super) fn at_once_if(self, at_once: bool) -> Self {
        match self {
            Self::Blocking(fd, object) if at_once => Self::AtOnce(fd, object),
            calls => calls,
        }
    }
}

/// What kind of thing a descriptor stands for, if it is one that others can be at the end of: all that
/// is neither in the file system nor a device.
pub(super) fn kind(fd: BorrowedFd<'_>) -> Option<&'static str> {
    let about = ::rustix::fs::fstat(fd).ok()?;
    match FileType::from_raw_mode(about.st_mode) {
        FileType::Fifo => Some("a pipe"),
        FileType::Socket if socket_acceptconn(fd) == Ok(true) => Some("a listener"),
        FileType::Socket => Some("a socket"),
        FileType::Unknown => Some("a descriptor"),
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
    call: impl FnMut() -> c_long,
) -> c_long {
    passed(Calls::on(fd), deed, call)
}

/// The same where it is known what the call has to do with others.
pub(super) fn passed(calls: Calls<'_>, deed: Act, mut call: impl FnMut() -> c_long) -> c_long {
    match calls {
        Calls::Alone => call(),
        Calls::AtOnce(fd, object) => at_once(fd, object, deed, call),
        Calls::Blocking(fd, _) if deed == Act::Received && processes::is_told_by(fd) => call(),
        Calls::Blocking(fd, object) => once_ready(fd, object, deed, call),
    }
}

/// What the point before a call is called, whether or not it may block.
fn op(deed: Act, blocks: bool) -> Op {
    match (deed == Act::Sent, blocks) {
        (true, true) => Op::Send,
        (true, false) => Op::TrySend,
        (false, true) => Op::Receive,
        (false, false) => Op::TryReceive,
    }
}

/// The point before a call that never blocks, and the call.
fn at_once(
    fd: BorrowedFd<'_>,
    object: Object,
    deed: Act,
    mut call: impl FnMut() -> c_long,
) -> c_long {
    outside::point(
        op(deed, false),
        object,
        far_side::end(fd),
        Some(Location::caller()),
    );
    let result = call();
    if would_block(result) {
        let in_vain = if deed == Act::Sent {
            Act::Full
        } else {
            Act::Empty
        };
        outside::in_vain(object, in_vain);
        return c_long::from(fail(::libc::EAGAIN));
    }
    tell(object, deed, result);
    result
}

/// Whether a call said that it would have had to block.
fn would_block(result: c_long) -> bool {
    result < 0 && errno() == ::libc::EAGAIN
}

/// Tells what a call did.
fn tell(object: Object, deed: Act, result: c_long) {
    match u64::try_from(result) {
        Ok(_) if deed == Act::Accepted => outside::done(object, deed, 0),
        Ok(0) if deed == Act::Received => outside::done(object, Act::Ended, 0),
        Ok(bytes) => {
            outside::done(object, deed, bytes);
            if deed == Act::Sent {
                outside::sent(bytes);
            }
        }
        Err(_) => {}
    }
}

/// The point before a call that may block, the wait until it need not, and the call.
pub(super) fn once_ready(
    fd: BorrowedFd<'_>,
    object: Object,
    deed: Act,
    mut call: impl FnMut() -> c_long,
) -> c_long {
    let (events, timeout) = match deed {
        Act::Sent => (PollFlags::OUT, Timeout::Send),
        _ => (PollFlags::IN, Timeout::Recv),
    };
    let caller = Some(Location::caller());
    outside::point(op(deed, true), object, far_side::end(fd), caller);
    // There may be room, but not for a message of this size.
    let mut result = None;
    let mut is_ready = |time| {
        is_ready(fd, events, time) && {
            let made = call();
            let refused = would_block(made);
            result = Some(made).filter(|_| !refused);
            !refused
        }
    };
    // A pipe has no such time.
    let until = Until::after(socket_timeout(fd, timeout).ok().flatten());
    let awaited = Awaited {
        object,
        until,
        is_ready: &mut is_ready,
        far_side: &|| far_side::of(fd, events),
        caller,
    };
    let in_time = match deed {
        Act::Sent => awaited.room(),
        _ => awaited.ready(),
    };
    let result = match result {
        Some(result) => result,
        None if in_time => call(),
        None => c_long::from(fail(::libc::EAGAIN)),
    };
    tell(object, deed, result);
    result
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
        Calls::AtOnce(_, object) | Calls::Blocking(_, object) => object,
    };
    outside::point(Op::Sign, object, 0, Some(Location::caller()));
    let result = call();
    outside::done(object, Act::Closed, 0);
    result
}
