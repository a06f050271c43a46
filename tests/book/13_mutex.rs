//! expect: passed
//!
//! A mutex in one thread (listing 16-12).

use std::sync::Mutex;

fn main() {
    let number = Mutex::new(5);
    {
        let mut guard = number.lock().unwrap();
        *guard = 6;
    }
    println!("number = {number:?}");
}
