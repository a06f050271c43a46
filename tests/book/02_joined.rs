//! expect: passed
//!
//! The same with a join at the end: both print all their lines (listing 16-2).

use std::thread;
use std::time::Duration;

fn main() {
    let handle = thread::spawn(|| {
        for number in 1..10 {
            println!("hi number {number} from the spawned thread!");
            thread::sleep(Duration::from_millis(1));
        }
    });
    for number in 1..5 {
        println!("hi number {number} from the main thread!");
        thread::sleep(Duration::from_millis(1));
    }
    handle.join().unwrap();
}
