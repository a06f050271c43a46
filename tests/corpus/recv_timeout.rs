//! Waiting for a message no longer than so long.
use std::sync::mpsc::{channel, RecvTimeoutError};
use std::time::Duration;

fn main() {
    let (tx, rx) = channel::<u8>();
    println!("{:?}", rx.recv_timeout(Duration::from_millis(10)));
    tx.send(7).unwrap();
    println!("{:?}", rx.recv_timeout(Duration::from_millis(10)));
    drop(tx);
    assert_eq!(rx.recv_timeout(Duration::from_secs(1)), Err(RecvTimeoutError::Disconnected));
    println!("{}", rx.recv().unwrap_err());
}
