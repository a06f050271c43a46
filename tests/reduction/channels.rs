//! Who finds what in channels, of any room, and when they are closed.
use std::sync::mpsc::{channel, sync_channel};
use std::thread;

fn main() {
    let (tx, rx) = channel();
    let (bounded, small) = sync_channel(1);
    let other = thread::spawn(move || {
        tx.send(1).unwrap();
        println!("{:?}", bounded.try_send(2).is_ok());
        println!("{:?}", bounded.try_send(3).is_ok());
    });
    println!("{:?}", small.try_recv());
    println!("{:?} {:?}", rx.try_recv(), small.try_recv());
    other.join().unwrap();
    println!("{:?} {:?}", rx.try_recv(), small.try_recv());
}
