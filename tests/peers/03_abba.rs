//! bug: deadlock, cause: lock_cycle
//!
//! Two threads take two locks in opposite orders.

use std::sync::{Arc, Mutex};
use std::thread;

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn both(first: &Mutex<u32>, second: &Mutex<u32>) {
    let mut first = first.lock().unwrap();
    let mut second = second.lock().unwrap();
    *first += 1;
    *second += 1;
}

fn main() {
    let bug = bug();
    let tills = Arc::new((Mutex::new(0), Mutex::new(0)));
    let one = thread::spawn({
        let tills = Arc::clone(&tills);
        move || both(&tills.0, &tills.1)
    });
    let other = thread::spawn(move || {
        if bug {
            both(&tills.1, &tills.0);
        } else {
            both(&tills.0, &tills.1);
        }
    });
    one.join().unwrap();
    other.join().unwrap();
}
