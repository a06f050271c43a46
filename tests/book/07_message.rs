//! expect: passed
//!
//! One message through a channel (listing 16-8).

use std::sync::mpsc;
use std::thread;

fn main() {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let word = String::from("hi");
        sender.send(word).unwrap();
    });
    let received = receiver.recv().unwrap();
    println!("Got: {received}");
}
