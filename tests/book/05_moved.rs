//! expect: passed
//!
//! The closure takes what it uses with it (listing 16-5).

use std::thread;

fn main() {
    let numbers = vec![1, 2, 3];
    let handle = thread::spawn(move || {
        println!("here is a vector: {numbers:?}");
    });
    handle.join().unwrap();
}
