//! expect: build_error
//!
//! What was moved into a thread cannot be dropped here.

use std::thread;

fn main() {
    let numbers = vec![1, 2, 3];
    let handle = thread::spawn(move || {
        println!("here is a vector: {numbers:?}");
    });
    drop(numbers);
    handle.join().unwrap();
}
