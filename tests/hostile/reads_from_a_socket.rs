//! verdict: deadlock
//! message: something to read from a socket
//!
//! Reads from a socket that nobody writes to; safe code of the real std.

use std::io::Read;
use std::os::unix::net::UnixStream;

fn attack() {
    let (mut one, _other) = UnixStream::pair().expect("can be made");
    let _ = one.read(&mut [0]);
}
