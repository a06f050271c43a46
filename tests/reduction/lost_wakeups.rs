//! A notification that may come too early: then there is a deadlock.
use std::sync::{Condvar, Mutex};
use std::thread;

static GATE: (Mutex<()>, Condvar) = (Mutex::new(()), Condvar::new());

fn main() {
    let other = thread::spawn(|| {
        println!("notifies");
        GATE.1.notify_one();
    });
    let guard = GATE.0.lock().unwrap();
    drop(GATE.1.wait(guard));
    println!("notified");
    other.join().unwrap();
}
