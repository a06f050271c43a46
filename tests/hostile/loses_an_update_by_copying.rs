//! verdict: panic
//! message: main panicked: assertion
//!
//! Two processes read a number through a copy of its file, and copy one less back. Nothing orders them,
//! and no byte goes through the program's own reads and writes.

use mp::Process;
use std::fs::{self, File};
use std::io;

fn copy(from: &str, to: &str) {
    let (mut from, mut to) = (File::open(from).unwrap(), File::create(to).unwrap());
    io::copy(&mut from, &mut to).unwrap();
}
fn sell(mine: &str) {
    copy("buns.txt", mine);
    let left = fs::read_to_string(mine).unwrap().parse().unwrap_or(100);
    fs::write(mine, u32::to_string(&(left - 1))).unwrap();
    copy(mine, "buns.txt");
}
fn attack() {
    fs::write("buns.txt", "5").unwrap();
    let a = Process::new(|| sell("a.txt")).start().unwrap();
    let b = Process::new(|| sell("b.txt")).start().unwrap();
    a.join();
    b.join();
    assert_eq!(fs::read_to_string("buns.txt").unwrap(), "3");
}
