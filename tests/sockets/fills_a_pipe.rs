//! verdict: deadlock, none
//! line: 10
//! says: main waits for room in a pipe (line 10), and has the other end itself
//! A thread that ended a while ago does not read.
use std::io::{Read, Write};

fn main() {
    let (mut out, mut into) = std::io::pipe().unwrap();
    std::thread::spawn(|| println!("begun")).join().unwrap();
    into.write_all(&[7; 100_000]).unwrap();
    out.read_exact(&mut [0; 9]).unwrap();
}
