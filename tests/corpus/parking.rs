//! A thread that parks until there is something to do.
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

fn main() {
    let flag = Arc::new(AtomicBool::new(false));
    let flag2 = Arc::clone(&flag);
    let parked = thread::spawn(move || {
        while !flag2.load(Ordering::Relaxed) {
            thread::park();
        }
        "unparked"
    });
    flag.store(true, Ordering::Relaxed);
    parked.thread().unpark();
    println!("{}", parked.join().unwrap());
    thread::park_timeout(Duration::from_millis(5));
    thread::current().unpark();
    thread::park();
    println!("the end");
}
