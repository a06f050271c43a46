//! verdict: deadlock, none
//! line: 13
//! says: main waits for a connection (line 13), and nobody is left who could connect
use std::os::unix::net::{UnixListener, UnixStream};
use std::thread;

fn main() {
    let listener = UnixListener::bind("door").unwrap();
    thread::scope(|scope| {
        scope.spawn(|| drop(UnixStream::connect("door").unwrap()));
        scope.spawn(|| drop(UnixStream::connect("door").unwrap()));
        for _ in 0..3 {
            drop(listener.accept().unwrap());
        }
    });
}
