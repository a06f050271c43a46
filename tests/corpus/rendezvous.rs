//! A channel without room: sending means that it was received.
use std::sync::mpsc::{sync_channel, TrySendError};
use std::thread;

fn main() {
    let (tx, rx) = sync_channel::<&'static str>(0);
    match tx.try_send("nobody waits") {
        Err(TrySendError::Full(text)) => println!("full: {text}"),
        other => println!("{other:?}"),
    }
    let receiver = thread::spawn(move || {
        let first = rx.recv();
        let second = rx.recv();
        (first, second, rx.recv().is_err())
    });
    tx.send("one").unwrap();
    tx.send("two").unwrap();
    drop(tx);
    println!("{:?}", receiver.join().unwrap());
}
