//! expect: build_error
//!
//! What was sent belongs to the receiver (listing 16-9).

use std::sync::mpsc;
use std::thread;

fn main() {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let word = String::from("hi");
        sender.send(word).unwrap();
        println!("the word is {word}");
    });
    println!("Got: {}", receiver.recv().unwrap());
}
