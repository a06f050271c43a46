//! expect: build_error
//!
//! One mutex cannot be moved into several threads (listing 16-13).

use std::sync::Mutex;
use std::thread;

fn main() {
    let counter = Mutex::new(0);
    let mut handles = vec![];
    for _ in 0..10 {
        handles.push(thread::spawn(move || *counter.lock().unwrap() += 1));
    }
    for handle in handles {
        handle.join().unwrap();
    }
    println!("Result: {}", *counter.lock().unwrap());
}
