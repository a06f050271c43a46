//! expect: deadlock
//!
//! Two threads that each have a lock and want the other's: the chapter warns of it.

use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let pair = Arc::new((Mutex::new(1), Mutex::new(2)));
    let other = Arc::clone(&pair);
    let handle = thread::spawn(move || {
        let second = other.1.lock().unwrap();
        let first = other.0.lock().unwrap();
        *first + *second
    });
    let first = pair.0.lock().unwrap();
    let second = pair.1.lock().unwrap();
    println!("here: {}", *first + *second);
    drop((first, second));
    println!("there: {}", handle.join().unwrap());
}
