//! Polling a channel, with other work meanwhile.
use std::sync::mpsc::{self, TryRecvError};
use std::thread;

fn main() {
    let (tx, rx) = mpsc::channel();
    let worker = thread::spawn(move || {
        for n in [3, 1, 2] {
            tx.send(n).unwrap();
        }
    });
    let mut sum = 0;
    loop {
        match rx.try_recv() {
            Ok(n) => sum += n,
            Err(TryRecvError::Empty) => thread::yield_now(),
            Err(TryRecvError::Disconnected) => break,
        }
    }
    worker.join().unwrap();
    println!("{sum}");
}
