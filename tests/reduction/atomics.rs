//! Loads, stores, exchanges and sums of two threads.
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread;

static A: AtomicU32 = AtomicU32::new(0);
static B: AtomicU32 = AtomicU32::new(0);

fn main() {
    let other = thread::spawn(|| {
        A.store(1, SeqCst);
        println!("B {} {}", B.load(SeqCst), A.fetch_add(1, SeqCst));
    });
    B.store(1, SeqCst);
    let exchanged = A.compare_exchange(1, 5, SeqCst, SeqCst);
    println!("A {exchanged:?} {}", A.load(SeqCst));
    other.join().unwrap();
    println!("{A:?} {B:?}");
}
