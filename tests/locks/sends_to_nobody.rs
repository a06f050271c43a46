//! verdict: deadlock
//! says: main waits for the receiver of Channel-1 (line 7)
use std::sync::mpsc;

fn main() {
    let (tx, rx) = mpsc::sync_channel(0);
    tx.send(1).unwrap();
    println!("{:?}", rx.recv());
}
