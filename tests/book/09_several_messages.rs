//! expect: passed
//!
//! Several messages, with pauses; the receiver is an iterator (listing 16-10).

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

fn main() {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for word in ["hi", "from", "the", "thread"].map(String::from) {
            sender.send(word).unwrap();
            thread::sleep(Duration::from_secs(1));
        }
    });
    for received in receiver {
        println!("Got: {received}");
    }
}
