//! verdict: deadlock, none
//! line: 9
//! says: main waits for something to read from a socket (line 9), and has the other end itself
use std::io::Read;
use std::os::unix::net::UnixStream;

fn main() {
    let (mut here, _there) = UnixStream::pair().unwrap();
    here.read_exact(&mut [0; 3]).unwrap();
}
