//! bug: deadlock, cause: self_deadlock
//!
//! A reader reads once more while a writer waits for it.

use std::sync::{Arc, RwLock};
use std::thread;

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn main() {
    let bug = bug();
    let prices = Arc::new(RwLock::new(0));
    let reads = thread::spawn({
        let prices = Arc::clone(&prices);
        move || {
            let first = prices.read().unwrap();
            if !bug {
                drop(first);
                return *prices.read().unwrap();
            }
            let second = prices.read().unwrap();
            *first + *second
        }
    });
    let writes = thread::spawn(move || *prices.write().unwrap() += 1);
    reads.join().unwrap();
    writes.join().unwrap();
}
