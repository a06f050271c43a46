//! verdict: deadlock
//! says: main waits for somebody to take a message out of Channel-1 (line 7)
use std::sync::mpsc;

fn main() {
    let (tx, rx) = mpsc::sync_channel(0);
    tx.send(1).unwrap();
    println!("{:?}", rx.recv());
}
