//! verdict: passed
//!
//! Two threads and the main thread of a process all want to end it; only one of them does.

use std::process::exit;
use std::thread;

fn attack() {
    let child = mp::Process::new(|| {
        thread::spawn(|| exit(3));
        thread::spawn(|| exit(4));
        exit(5);
    });
    let code = child.start().expect("can be started").join();
    assert!((3..=5).contains(&code));
}
