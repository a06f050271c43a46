//! Waits, spinning, until nobody else has a share of an `Arc`: the count is no scheduling point.

use std::hint;
use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let shared = Arc::new(Mutex::new(0));
    for _ in 0..3 {
        let shared = Arc::clone(&shared);
        thread::spawn(move || *shared.lock().unwrap() += 1);
    }
    while Arc::strong_count(&shared) > 1 {
        hint::spin_loop();
    }
    let all = Arc::try_unwrap(shared).unwrap().into_inner().unwrap();
    println!("{all}");
}
