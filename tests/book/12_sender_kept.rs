//! expect: deadlock
//!
//! Main keeps the first sender, so the messages never end.

use std::sync::mpsc;
use std::thread;

fn main() {
    let (sender, receiver) = mpsc::channel();
    for number in 0..2 {
        let sender = sender.clone();
        thread::spawn(move || sender.send(number).unwrap());
    }
    let sum: u32 = receiver.iter().sum();
    println!("the sum is {sum}");
    drop(sender);
}
