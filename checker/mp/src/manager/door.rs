//! How a client comes to a manager: it makes a pair of sockets and passes one of them through the
//! door, a socket that it has from the manager's maker (unix(7), `SCM_RIGHTS`).

use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;

use rustix::io::Errno;
use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
};

/// Passes a socket through the door.
///
/// # Errors
///
/// When nobody is behind it any more.
pub(super) fn pass(door: &UnixStream, socket: &UnixStream) -> io::Result<()> {
    let sockets = [socket.as_fd()];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut message = SendAncillaryBuffer::new(&mut space);
    message.push(SendAncillaryMessage::ScmRights(&sockets));
    // A message without a byte would not arrive.
    let byte = [IoSlice::new(&[0])];
    match sendmsg(door, &byte, &mut message, SendFlags::NOSIGNAL) {
        Ok(_) => Ok(()),
        // That there is a pipe is nothing that a client knows of.
        Err(Errno::PIPE) => Err(Errno::CONNREFUSED.into()),
        Err(error) => Err(error.into()),
    }
}

/// The next socket that was passed through the door.
///
/// # Errors
///
/// When there is none, and waiting was not asked for.
pub(super) fn next(door: &UnixStream) -> io::Result<UnixStream> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut message = RecvAncillaryBuffer::new(&mut space);
    let mut byte = [0];
    let mut bytes = [IoSliceMut::new(&mut byte)];
    recvmsg(door, &mut bytes, &mut message, RecvFlags::CMSG_CLOEXEC)?;
    let mut sockets = message.drain().filter_map(|it| match it {
        RecvAncillaryMessage::ScmRights(mut sockets) => sockets.next(),
        _ => None,
    });
    let socket = sockets.next().ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(UnixStream::from(socket))
}
