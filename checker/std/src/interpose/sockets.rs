//! Sockets, and waiting for descriptors.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::time::Duration;
use ::real::{ptr, slice};

use ::libc::{
    EADDRINUSE, EINPROGRESS, MSG_DONTWAIT, c_int, c_long, c_void, epoll_event, msghdr, nfds_t,
    pollfd, sigset_t, size_t, sockaddr, socklen_t, ssize_t, timespec as time_of_libc,
};
use ::rustix::event::PollFlags;
use ::rustix::fd::BorrowedFd;
use ::rustix::net::SocketAddrAny;
use ::rustix::net::sockopt::set_tcp_nodelay;
use ::sched_model::Act;
use ::sched_model::Op;
use ::sched_runtime::outside::{self, Awaited, FarSide};
use ::sched_runtime::{Until, attached};

use super::descriptors::{Calls, found_out, is_ready, kind, passed, through, timespec};
use super::far_side;
use super::system::{borrow, errno, fail};

/// Sends what is written at once. Otherwise a system waits for more to come together with it
/// (Nagle, RFC 896), in real time, which decides nothing here. Nothing is done to what is no TCP
/// connection.
///
/// # Safety
///
/// Nobody closes `fd` during the call.
unsafe fn send_at_once(fd: c_int) {
    // SAFETY: the caller's promise.
    if let Some(fd) = unsafe { borrow(fd) }.filter(|_| attached::controlled()) {
        let _ = set_tcp_nodelay(fd, true);
    }
}

replace! {
    /// recvfrom(2).
    fn recvfrom(
        fd: c_int,
        buffer: *mut c_void,
        count: size_t,
        flags: c_int,
        address: *mut sockaddr,
        length: *mut socklen_t,
    ) -> ssize_t {
        // SAFETY: the caller's contract; the call changes no other memory and no descriptor.
        let receive =
            unsafe { system_call!(SYS_recvfrom, fd, buffer, count, flags, address, length) };
        // SAFETY: the caller's contract.
        let calls = Calls::on(unsafe { borrow(fd) }).at_once_if(flags & MSG_DONTWAIT != 0);
        passed(calls, Act::Received, || receive.make()) as ssize_t
    }

    /// recv(2).
    fn recv(fd: c_int, buffer: *mut c_void, count: size_t, flags: c_int) -> ssize_t {
        // SAFETY: the same contract.
        unsafe { recvfrom(fd, buffer, count, flags, ptr::null_mut(), ptr::null_mut()) }
    }

    /// sendto(2).
    fn sendto(
        fd: c_int,
        bytes: *const c_void,
        count: size_t,
        flags: c_int,
        address: *const sockaddr,
        length: socklen_t,
    ) -> ssize_t {
        // SAFETY: the caller's contract.
        let borrowed = unsafe { borrow(fd) };
        if let Some(fd) = borrowed.filter(|_| attached::controlled())
            // SAFETY: the caller's contract.
            && let Some(address) = unsafe { read_address(address, length) }
        {
            far_side::note_asked(fd, &address);
        }
        let calls = Calls::on(borrowed).at_once_if(flags & MSG_DONTWAIT != 0);
        let flags = patiently(&calls, flags);
        // SAFETY: the caller's contract; the call changes no memory and no descriptor.
        let send = unsafe { system_call!(SYS_sendto, fd, bytes, count, flags, address, length) };
        passed(calls, Act::Sent, || send.make()) as ssize_t
    }

    /// send(2).
    fn send(fd: c_int, bytes: *const c_void, count: size_t, flags: c_int) -> ssize_t {
        // SAFETY: the same contract.
        unsafe { sendto(fd, bytes, count, flags, ptr::null(), 0) }
    }

    /// recvmsg(2).
    fn recvmsg(fd: c_int, message: *mut msghdr, flags: c_int) -> ssize_t {
        // SAFETY: the caller's contract; of descriptors the call only makes new ones.
        let receive = unsafe { system_call!(SYS_recvmsg, fd, message, flags) };
        // SAFETY: the caller's contract.
        let calls = Calls::on(unsafe { borrow(fd) }).at_once_if(flags & MSG_DONTWAIT != 0);
        passed(calls, Act::Received, || receive.make()) as ssize_t
    }

    /// sendmsg(2).
    fn sendmsg(fd: c_int, message: *const msghdr, flags: c_int) -> ssize_t {
        // SAFETY: the caller's contract.
        let calls = Calls::on(unsafe { borrow(fd) }).at_once_if(flags & MSG_DONTWAIT != 0);
        let flags = patiently(&calls, flags);
        // SAFETY: the caller's contract; the call changes no memory and no descriptor.
        let send = unsafe { system_call!(SYS_sendmsg, fd, message, flags) };
        passed(calls, Act::Sent, || send.make()) as ssize_t
    }

    /// socketpair(2): the system does not tell afterwards which two belong together.
    fn socketpair(family: c_int, kind: c_int, protocol: c_int, ends: *mut c_int) -> c_int {
        // SAFETY: the caller's contract; of descriptors the call only makes new ones.
        let result =
            unsafe { system_call!(SYS_socketpair, family, kind, protocol, ends) }.make() as c_int;
        if result == 0 && attached::controlled() {
            // SAFETY: there is room for two numbers by the caller's contract, and they were written.
            let two = unsafe { ends.cast::<[c_int; 2]>().read() };
            // SAFETY: they are new, and nobody knows them yet.
            if let [Some(one), Some(other)] = two.map(|fd| unsafe { borrow(fd) }) {
                far_side::note_pair([one, other]);
            }
        }
        result
    }

    /// bind(2).
    fn bind(fd: c_int, address: *const sockaddr, length: socklen_t) -> c_int {
        // SAFETY: the caller's contract; the call changes no memory and no descriptor.
        let bind = unsafe { system_call!(SYS_bind, fd, address, length) };
        // SAFETY: the caller's contract.
        let borrowed = unsafe { borrow(fd) };
        // SAFETY: the caller's contract.
        let asked = borrowed.zip(unsafe { read_address(address, length) });
        let Some((fd, asked)) = asked.filter(|_| attached::controlled()) else {
            return bind.make() as c_int;
        };
        let result = once_free(|| bind.make(), || far_side::is_of_others(fd, &asked));
        if result == 0 {
            far_side::note_name(fd, &asked);
        }
        result as c_int
    }

    /// listen(2).
    fn listen(fd: c_int, most: c_int) -> c_int {
        // SAFETY: the caller's contract; the call changes no memory and no descriptor.
        let listen = unsafe { system_call!(SYS_listen, fd, most) };
        // SAFETY: the caller's contract.
        let Some(fd) = unsafe { borrow(fd) }.filter(|_| attached::controlled()) else {
            return listen.make() as c_int;
        };
        let of_others = || far_side::name(fd).is_some_and(|it| far_side::is_of_others(fd, &it));
        once_free(|| listen.make(), of_others) as c_int
    }

    /// accept4(2).
    fn accept4(
        fd: c_int,
        address: *mut sockaddr,
        length: *mut socklen_t,
        flags: c_int,
    ) -> c_int {
        // SAFETY: the caller's contract; the call changes no other memory, and of descriptors it
        // only makes a new one.
        let accept = unsafe { system_call!(SYS_accept4, fd, address, length, flags) };
        // SAFETY: the caller's contract.
        let accepted = through(unsafe { borrow(fd) }, Act::Accepted, || accept.make()) as c_int;
        // SAFETY: new, and nobody knows it yet.
        unsafe { send_at_once(accepted) };
        // SAFETY: the same.
        if let Some(fd) = unsafe { borrow(accepted) }.filter(|_| attached::controlled()) {
            far_side::note_accepted(fd);
        }
        accepted
    }

    /// connect(2): who accepts may find that out. The system keeps the connection until somebody
    /// does.
    fn connect(fd: c_int, address: *const sockaddr, length: socklen_t) -> c_int {
        // SAFETY: the caller's contract.
        let borrowed = unsafe { borrow(fd) };
        let object = match Calls::on(borrowed) {
            Calls::AtOnce(..) | Calls::Blocking(..) => Some(outside::object("a listener", None)),
            Calls::Alone => None,
        };
        if let Some(object) = object {
            outside::point(Op::Sign, object, 0, Some(Location::caller()));
        }
        // SAFETY: the caller's contract; the call changes no memory and no descriptor.
        let result = unsafe { system_call!(SYS_connect, fd, address, length) }.make();
        let error = errno();
        let asked = result == 0 || error == EINPROGRESS;
        if let Some((object, fd)) = object.zip(borrowed).filter(|_| asked) {
            // SAFETY: the caller's contract.
            if let Some(address) = unsafe { read_address(address, length) } {
                far_side::note_asked(fd, &address);
            }
            outside::done(object, Act::Connected, 0);
        }
        match result {
            0 => {
                // SAFETY: the caller's contract.
                unsafe { send_at_once(fd) };
                0
            }
            _ => fail(error),
        }
    }

    /// shutdown(2): who waits at the other end may find that out.
    fn shutdown(fd: c_int, how: c_int) -> c_int {
        // SAFETY: the caller may do that to its descriptor; the call changes no memory.
        let shutdown = unsafe { system_call!(SYS_shutdown, fd, how) };
        // SAFETY: the caller's contract.
        found_out(unsafe { borrow(fd) }, || shutdown.make()) as c_int
    }

    /// poll(2).
    fn poll(fds: *mut pollfd, count: nfds_t, timeout: c_int) -> c_int {
        let limit = u64::try_from(timeout).ok().map(Duration::from_millis);
        // SAFETY: the same contract.
        unsafe { poll_for(fds, count, limit, ptr::null()) }
    }

    /// ppoll(2).
    fn ppoll(
        fds: *mut pollfd,
        count: nfds_t,
        time: *const time_of_libc,
        signals: *const sigset_t,
    ) -> c_int {
        // SAFETY: null or a valid time, by the caller's contract.
        let limit = unsafe { time.as_ref() }.map(duration);
        // SAFETY: the same contract.
        unsafe { poll_for(fds, count, limit, signals) }
    }

    /// `epoll_wait(2)`.
    fn epoll_wait(fd: c_int, events: *mut epoll_event, most: c_int, timeout: c_int) -> c_int {
        let wait = |timeout: c_int| -> c_long {
            let (signals, size) = (ptr::null::<c_void>(), 0_usize);
            // SAFETY: the caller's contract; the call changes no other memory and no descriptor.
            unsafe { system_call!(SYS_epoll_pwait, fd, events, most, timeout, signals, size) }
                .make()
        };
        // SAFETY: the caller's contract.
        let set = unsafe { borrow(fd) }.filter(|_| attached::controlled());
        let Some(set) = set else {
            return wait(timeout) as c_int;
        };
        let limit = u64::try_from(timeout).ok().map(Duration::from_millis);
        let far_side = || far_side::of(set, PollFlags::IN);
        await_any(limit, &mut |time| is_ready(set, PollFlags::IN, time), &far_side);
        wait(0) as c_int
    }
}

/// Makes a call that takes an address. While somebody else has it, such as another schedule that runs
/// at the same time, it is tried again: that is no matter of the program.
fn once_free(mut call: impl FnMut() -> c_long, of_others: impl Fn() -> bool) -> c_long {
    let mut tries = 0;
    loop {
        let result = call();
        if result == 0 || errno() != EADDRINUSE {
            return result;
        }
        if tries == MOST_TRIES || !of_others() {
            return c_long::from(fail(EADDRINUSE));
        }
        tries += 1;
        ::sched_runtime::sys::rest(Duration::from_millis(1));
    }
}

/// How often an address is asked for that somebody else has, a thousandth of a second apart.
const MOST_TRIES: u32 = 2_000;

/// How a call that sends is made: where it would have to wait, it says so, for there may be room and
/// not for a message of this size.
fn patiently(calls: &Calls<'_>, flags: c_int) -> c_int {
    match calls {
        Calls::Blocking(..) => flags | MSG_DONTWAIT,
        Calls::Alone | Calls::AtOnce(..) => flags,
    }
}

/// An address that a function of libc was called with.
///
/// # Safety
///
/// `address` is null or points to an address of so many bytes.
unsafe fn read_address(address: *const sockaddr, length: socklen_t) -> Option<SocketAddrAny> {
    let fits = (2..=128).contains(&length) && !address.is_null();
    // SAFETY: not null, and so many bytes that are initialised, by the caller's promise; no more than
    // an address may have.
    fits.then(|| unsafe { SocketAddrAny::read(address.cast(), length) })
}

/// The duration that a time of libc's says.
fn duration(time: &time_of_libc) -> Duration {
    let nanos = u32::try_from(time.tv_nsec).unwrap_or(0);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), nanos)
}

/// The point before a look at several descriptors, and the wait until one is ready: false when the time
/// is over.
fn await_any(
    limit: Option<Duration>,
    is_ready: &mut dyn FnMut(Duration) -> bool,
    far_side: &dyn Fn() -> FarSide,
) -> bool {
    let caller = Some(Location::caller());
    let object = outside::object("a descriptor", None);
    if limit == Some(Duration::ZERO) {
        outside::point(Op::TryReceive, object, 0, caller);
        let found = is_ready(Duration::ZERO);
        if !found {
            outside::in_vain(object, Act::Empty);
        }
        return found;
    }
    outside::point(Op::Receive, object, 0, caller);
    let awaited = Awaited {
        object,
        until: Until::after(limit),
        is_ready,
        far_side,
        caller,
    };
    awaited.ready()
}

/// As ppoll(2), in virtual time.
///
/// # Safety
///
/// As for ppoll(2).
unsafe fn poll_for(
    fds: *mut pollfd,
    count: nfds_t,
    limit: Option<Duration>,
    signals: *const sigset_t,
) -> c_int {
    let poll = |time: Option<Duration>| -> c_long {
        let time = time.map(timespec);
        let time = time.as_ref().map_or(ptr::null(), ptr::from_ref);
        // SAFETY: the caller's contract; the time is null, or lives until the call returns. The call
        // changes no other memory and no descriptor.
        unsafe { system_call!(SYS_ppoll, fds, count, time, signals, size_of::<u64>()) }.make()
    };
    let length = usize::try_from(count).unwrap_or(0);
    if !attached::controlled() || length == 0 || fds.is_null() {
        return poll(limit) as c_int;
    }
    // SAFETY: not null, and so many structures by the caller's contract, of which the numbers and what is
    // asked for are not changed.
    let all = unsafe { slice::from_raw_parts(fds, length) };
    // SAFETY: the caller's contract.
    let borrowed = |it: &pollfd| unsafe { borrow(it.fd) };
    let asked: Vec<(BorrowedFd<'_>, PollFlags)> = all
        .iter()
        .filter_map(|it| {
            Some((
                borrowed(it)?,
                PollFlags::from_bits_retain(it.events.cast_unsigned()),
            ))
        })
        .collect();
    if !asked.iter().any(|&(fd, _)| kind(fd).is_some()) {
        return poll(limit) as c_int;
    }
    let far_side = || far_side::of_all(asked.iter().copied());
    await_any(limit, &mut |time| poll(Some(time)) != 0, &far_side);
    poll(Some(Duration::ZERO)) as c_int
}
