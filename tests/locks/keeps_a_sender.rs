//! verdict: deadlock, no_sender
//! says: main waits for a message in Channel-1 (line 11)
use std::sync::mpsc;
use std::thread;

fn main() {
    let (tx, rx) = mpsc::channel();
    let worker = tx.clone();
    thread::spawn(move || worker.send(1).unwrap());
    let mut sum = 0;
    for n in rx {
        sum += n;
    }
    println!("{sum}");
    drop(tx);
}
