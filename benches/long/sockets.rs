//! Who reads from a socket waits for whoever has the other end, and that is nobody else.

use std::io::Read;
use std::os::unix::net::UnixStream;

fn main() -> std::io::Result<()> {
    let (mut here, _there) = UnixStream::pair()?;
    let mut byte = [0];
    here.read_exact(&mut byte)
}
