//! verdict: passed
//! schedules: 200
//!
//! Three processes count in a file, holding a lock that is a file too: who makes it has it.

use mp::Process;
use std::fs::{self, File};
fn sell() {
    while File::create_new("lock").is_err() {}
    let left: u32 = fs::read_to_string("buns.txt").unwrap().parse().unwrap();
    fs::write("buns.txt", (left - 1).to_string()).unwrap();
    fs::remove_file("lock").unwrap();
}
fn attack() {
    fs::write("buns.txt", "5").unwrap();
    let all: Vec<_> = (0..3)
        .map(|_| Process::new(sell).start().unwrap())
        .collect();
    for child in &all {
        child.join();
    }
    assert_eq!(fs::read_to_string("buns.txt").unwrap(), "2");
}
