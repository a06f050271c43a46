//! verdict: panic
//! message: main panicked: assertion
//!
//! Two processes read a number from a file and write one less. Nothing orders them.

use mp::Process;
use std::fs;
fn sell() {
    let left: u32 = fs::read_to_string("buns.txt")
        .unwrap()
        .trim()
        .parse()
        .unwrap_or(100);
    fs::write("buns.txt", format!("{}\n", left - 1)).unwrap();
}
fn attack() {
    fs::write("buns.txt", "5\n").unwrap();
    let a = Process::new(sell).start().unwrap();
    let b = Process::new(sell).start().unwrap();
    a.join();
    b.join();
    assert_eq!(fs::read_to_string("buns.txt").unwrap(), "3\n");
}
