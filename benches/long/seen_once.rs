//! A thread waits for a change of what it has looked at once.

use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let open = Arc::new(Mutex::new(false));
    let theirs = Arc::clone(&open);
    let thread = thread::spawn(move || {
        let seen = *theirs.lock().unwrap();
        while !seen {}
    });
    *open.lock().unwrap() = true;
    thread.join().unwrap();
}
