//! A thread tells by an atomic that another one has a value, in an order that promises nothing.
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
static VALUE: AtomicU32 = AtomicU32::new(0);
static KNOWN: AtomicU32 = AtomicU32::new(0);
fn main() {
    let other = std::thread::spawn(|| {
        VALUE.store(7, Relaxed);
        KNOWN.store(1, Relaxed);
    });
    while KNOWN.load(Relaxed) == 0 { std::thread::yield_now() }
    let _value = VALUE.load(Relaxed);
    other.join().unwrap();
    // Whoever lets go last knows of all.
    let all = Arc::new(AtomicU32::new(0));
    let mine = Arc::clone(&all);
    std::thread::spawn(move || mine.store(1, Relaxed));
    while Arc::strong_count(&all) > 1 { std::thread::yield_now() }
    if let Ok(all) = Arc::try_unwrap(all) { assert_eq!(all.load(Relaxed), 1) }
}
