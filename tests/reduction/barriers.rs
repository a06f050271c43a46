//! Who leads, and what is seen before and after.
use std::sync::Barrier;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread;

static BARRIER: Barrier = Barrier::new(2);
static COUNT: AtomicU32 = AtomicU32::new(0);

fn main() {
    let other = thread::spawn(|| {
        let before = COUNT.fetch_add(1, SeqCst);
        println!("{before} {} {}", BARRIER.wait().is_leader(), COUNT.load(SeqCst));
    });
    let before = COUNT.fetch_add(1, SeqCst);
    println!("{before} {} {}", BARRIER.wait().is_leader(), COUNT.load(SeqCst));
    other.join().unwrap();
}
