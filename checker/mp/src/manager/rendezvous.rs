//! How a client comes to a manager: it makes a pair of sockets and sends one of them through the
//! rendezvous, a socket that it has from the manager's maker (unix(7), `SCM_RIGHTS`).

use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;

use rustix::io::Errno;
use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
};
use sched_runtime::outside;

use super::hub::Wire;

/// Sends a socket to the manager.
///
/// # Errors
///
/// When the manager has ended.
pub(super) fn send_socket(rendezvous: &UnixStream, socket: &UnixStream) -> io::Result<()> {
    let sockets = [socket.as_fd()];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut message = SendAncillaryBuffer::new(&mut space);
    message.push(SendAncillaryMessage::ScmRights(&sockets));
    // A message without a byte would not arrive.
    let byte = [IoSlice::new(&[0])];
    let flags = SendFlags::NOSIGNAL;
    match outside::for_a_primitive(|| sendmsg(rendezvous, &byte, &mut message, flags)) {
        Ok(_) => Ok(()),
        // A client does not know that there is such a pipe.
        Err(Errno::PIPE) => Err(Errno::CONNREFUSED.into()),
        Err(error) => Err(error.into()),
    }
}

/// The next socket that a client sent.
///
/// # Errors
///
/// When there is none and the rendezvous does not block, or when no client can come any more.
pub(super) fn next_socket(rendezvous: &UnixStream) -> io::Result<Wire> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut message = RecvAncillaryBuffer::new(&mut space);
    let mut byte = [0];
    let mut bytes = [IoSliceMut::new(&mut byte)];
    let flags = RecvFlags::CMSG_CLOEXEC;
    outside::for_a_primitive(|| recvmsg(rendezvous, &mut bytes, &mut message, flags))?;
    let mut sockets = message.drain().filter_map(|it| match it {
        RecvAncillaryMessage::ScmRights(mut sockets) => sockets.next(),
        _ => None,
    });
    let socket = sockets.next().ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(UnixStream::from(socket).into())
}
