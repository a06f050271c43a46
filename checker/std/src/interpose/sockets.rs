//! Sockets, and waiting for descriptors.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::prelude::rust_2024::*;
use ::real::time::Duration;
use ::real::{ptr, slice};

use ::libc::{
    MSG_DONTWAIT, c_int, c_long, c_void, nfds_t, pollfd, size_t, sockaddr, socklen_t, ssize_t,
};
use ::rustix::net::sockopt::set_tcp_nodelay;
use ::sched_model::Act;
use ::sched_model::Op;
use ::sched_runtime::outside;
use ::sched_runtime::{Until, attached};

use super::descriptors::{
    Calls, found_out, kind, once_ready, stirring_by_bytes, through, timespec,
};
use super::system::{borrow, errno};

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
        if flags & MSG_DONTWAIT != 0 {
            return receive.make() as ssize_t;
        }
        // SAFETY: the caller's contract.
        through(unsafe { borrow(fd) }, Act::Received, || receive.make()) as ssize_t
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
        let send = |flags: c_int| -> c_long {
            // SAFETY: the caller's contract; the call changes no memory and no descriptor.
            unsafe { system_call!(SYS_sendto, fd, bytes, count, flags, address, length) }.make()
        };
        if flags & MSG_DONTWAIT != 0 {
            return send(flags) as ssize_t;
        }
        let patiently = || match send(flags | MSG_DONTWAIT) {
            // There is room, but not for a message of this size.
            -1 if errno() == ::libc::EAGAIN => send(flags),
            sent => sent,
        };
        // SAFETY: the caller's contract.
        let sent = match Calls::on(unsafe { borrow(fd) }) {
            Calls::Alone => send(flags),
            Calls::Noticed => stirring_by_bytes(|| send(flags)),
            Calls::Blocking(fd, object) => once_ready(fd, object, Act::Sent, patiently),
        };
        sent as ssize_t
    }

    /// send(2).
    fn send(fd: c_int, bytes: *const c_void, count: size_t, flags: c_int) -> ssize_t {
        // SAFETY: the same contract.
        unsafe { sendto(fd, bytes, count, flags, ptr::null(), 0) }
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
        accepted
    }

    /// connect(2): who accepts may find that out. The system keeps the connection until somebody
    /// does.
    fn connect(fd: c_int, address: *const sockaddr, length: socklen_t) -> c_int {
        // SAFETY: the caller's contract.
        let object = match Calls::on(unsafe { borrow(fd) }) {
            Calls::Blocking(_, object) => Some(object),
            Calls::Alone | Calls::Noticed => None,
        };
        if let Some(object) = object {
            outside::point(Op::Sign, object, None);
        }
        // SAFETY: the caller's contract; the call changes no memory and no descriptor.
        let result = unsafe { system_call!(SYS_connect, fd, address, length) }.make();
        if result == 0 {
            // SAFETY: the caller's contract.
            unsafe { send_at_once(fd) };
        }
        if let Some(object) = object.filter(|_| result == 0) {
            outside::done(object, Act::Connected, 0);
        }
        result as c_int
    }

    /// shutdown(2): who waits at the other end may find that out.
    fn shutdown(fd: c_int, how: c_int) -> c_int {
        // SAFETY: the caller may do that to its descriptor; the call changes no memory.
        let shutdown = unsafe { system_call!(SYS_shutdown, fd, how) };
        // SAFETY: the caller's contract.
        found_out(unsafe { borrow(fd) }, || shutdown.make()) as c_int
    }

    /// poll(2). Only where it has no end do others go on first.
    fn poll(fds: *mut pollfd, count: nfds_t, timeout: c_int) -> c_int {
        let poll = |time: Option<Duration>| -> c_long {
            let time = time.map(timespec);
            let time = time.as_ref().map_or(ptr::null(), ptr::from_ref);
            let signals = ptr::null::<c_void>();
            // SAFETY: the caller's contract; the time is null, or lives until the call returns.
            // The call changes no other memory and no descriptor.
            unsafe { system_call!(SYS_ppoll, fds, count, time, signals) }.make()
        };
        if let Ok(millis) = u64::try_from(timeout) {
            return poll(Some(Duration::from_millis(millis))) as c_int;
        }
        let length = usize::try_from(count).unwrap_or(0);
        if attached::controlled() && length > 0 && !fds.is_null() {
            // SAFETY: not null, and so many structures by the caller's contract, which nobody
            // changes meanwhile.
            let all = unsafe { slice::from_raw_parts(fds, length) };
            // SAFETY: the caller's contract.
            let kind_of = |it: &pollfd| unsafe { borrow(it.fd) }.and_then(kind);
            if let Some(name) = all.iter().find_map(kind_of) {
                let object = outside::object(name, None);
                outside::point(Op::Receive, object, None);
                let is_ready = |time| poll(Some(time)) != 0;
                outside::await_ready(object, Until::Woken, is_ready, None);
            }
        }
        poll(None) as c_int
    }
}
