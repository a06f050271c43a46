//! A bounded channel: the producer is never more than the bound ahead.
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::Arc;
use std::thread;

fn main() {
    let (tx, rx) = sync_channel(2);
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let producer = thread::spawn(move || {
        for n in 0..8_usize {
            tx.send(n).unwrap();
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    let mut got = 0;
    while let Ok(n) = rx.recv() {
        got += 1;
        assert_eq!(n + 1, got);
        assert!(sent.load(Ordering::SeqCst) <= got + 2);
    }
    producer.join().unwrap();
    println!("got {got}");
}
