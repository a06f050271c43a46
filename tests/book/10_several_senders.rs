//! expect: passed
//!
//! Two senders (listing 16-11). Their messages come in any order, and that alone is no mistake.

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
    for received in receiver {
        println!("Got: {received}");
    }
}
