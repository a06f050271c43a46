//! bug: deadlock, cause: lost_wakeup
//!
//! A thread waits for a notification that may have come before.

use std::sync::{Arc, Condvar, Mutex};
use std::thread;

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn main() {
    let bug = bug();
    let shop = Arc::new((Mutex::new(false), Condvar::new()));
    let waits = thread::spawn({
        let shop = Arc::clone(&shop);
        move || {
            let (open, opened) = &*shop;
            let mut is_open = open.lock().unwrap();
            if bug {
                is_open = opened.wait(is_open).unwrap();
            } else {
                while !*is_open {
                    is_open = opened.wait(is_open).unwrap();
                }
            }
            drop(is_open);
        }
    });
    let opens = thread::spawn(move || {
        *shop.0.lock().unwrap() = true;
        shop.1.notify_one();
    });
    waits.join().unwrap();
    opens.join().unwrap();
}
