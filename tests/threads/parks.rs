//! verdict: passed
//!
//! A token is kept until it is used, two of them are one, and a parked thread that nobody unparks
//! goes on when its time is over, if not before.

use std::thread;
use std::time::{Duration, Instant};

fn run() {
    let main = thread::current();
    thread::current().unpark();
    main.unpark();
    thread::park();
    let before = Instant::now();
    while before.elapsed() < Duration::from_secs(2) {
        thread::park_timeout(Duration::from_secs(2));
    }
    let other = thread::spawn(move || {
        thread::sleep(Duration::from_secs(1));
        main.unpark();
        thread::park();
        thread::current().id()
    });
    thread::park();
    other.thread().unpark();
    let id = other.thread().id();
    assert_eq!(other.join().expect("no panic"), id);
    assert_ne!(thread::current().id(), id);
}
