//! expect: wrong_order
//!
//! A thread that nobody joins is cut off when main ends, wherever it is (listing 16-1).

use std::thread;
use std::time::Duration;

fn main() {
    thread::spawn(|| {
        for number in 1..10 {
            println!("hi number {number} from the spawned thread!");
            thread::sleep(Duration::from_millis(1));
        }
    });
    for number in 1..5 {
        println!("hi number {number} from the main thread!");
        thread::sleep(Duration::from_millis(1));
    }
}
