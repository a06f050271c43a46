//! bug: deadlock, cause: lock_cycle
//!
//! A lock for readers and writers and a mutex, taken in opposite orders.

use std::sync::{Arc, Mutex, RwLock};
use std::thread;

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn main() {
    let bug = bug();
    let shop = Arc::new((RwLock::new(0), Mutex::new(0)));
    let reads = thread::spawn({
        let shop = Arc::clone(&shop);
        move || {
            let prices = shop.0.read().unwrap();
            let mut till = shop.1.lock().unwrap();
            *till += *prices;
        }
    });
    let writes = thread::spawn(move || {
        if bug {
            let till = shop.1.lock().unwrap();
            let mut prices = shop.0.write().unwrap();
            *prices += *till;
        } else {
            let mut prices = shop.0.write().unwrap();
            let till = shop.1.lock().unwrap();
            *prices += *till;
        }
    });
    reads.join().unwrap();
    writes.join().unwrap();
}
