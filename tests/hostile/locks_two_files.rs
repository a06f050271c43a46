//! verdict: deadlock
//! message: Process-1
//! schedules: 200
//!
//! Two processes take the locks of two files in opposite orders.

use mp::Process;
use std::fs::File;
fn both(a: &str, b: &str) {
    let x = File::open(a).unwrap();
    let y = File::open(b).unwrap();
    x.lock().unwrap();
    y.lock().unwrap();
}
fn attack() {
    File::create("a").unwrap();
    File::create("b").unwrap();
    let p = Process::new(|| both("a", "b")).start().unwrap();
    let q = Process::new(|| both("b", "a")).start().unwrap();
    p.join();
    q.join();
}
