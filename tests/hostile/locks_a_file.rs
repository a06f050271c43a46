//! verdict: passed
//! schedules: 200
//!
//! Two processes read a number from a file and write one less, by hand, holding the file's lock,
//! which is given back when the file is closed.

use mp::Process;
use std::fs::File;
use std::io::{Read, Seek, Write};
fn sell() {
    let mut f = File::options()
        .read(true)
        .write(true)
        .open("buns.txt")
        .unwrap();
    f.lock().unwrap();
    let mut s = String::new();
    f.read_to_string(&mut s).unwrap();
    let left: u32 = s.trim().parse().unwrap();
    f.rewind().unwrap();
    f.set_len(0).unwrap();
    write!(f, "{}", left - 1).unwrap();
}
fn attack() {
    File::create("buns.txt").unwrap().write_all(b"5").unwrap();
    let a = Process::new(sell).start().unwrap();
    let b = Process::new(sell).start().unwrap();
    a.join();
    b.join();
    assert_eq!(std::fs::read_to_string("buns.txt").unwrap(), "3");
}
