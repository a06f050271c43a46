//! expect: passed
//!
//! Two senders, where the order of their messages does not matter.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

fn main() {
    let (sender, receiver) = mpsc::channel();
    for words in [["hi", "from", "the", "thread"], ["more", "messages", "for", "you"]] {
        let sender = sender.clone();
        thread::spawn(move || {
            for word in words {
                sender.send(word).unwrap();
                thread::sleep(Duration::from_secs(1));
            }
        });
    }
    drop(sender);
    let mut all: Vec<&str> = receiver.iter().collect();
    all.sort_unstable();
    println!("Got: {all:?}");
}
