//! Two threads change a value one after the other, kept apart by an atomic of core's and by a count.
use core::sync::atomic::{AtomicBool, Ordering};
use std::{cell::UnsafeCell, sync::Arc, thread};
struct Shared(UnsafeCell<String>, AtomicBool);
unsafe impl Sync for Shared {}
fn main() {
    let mine = Arc::new(Shared(UnsafeCell::new(String::new()), AtomicBool::new(false)));
    let theirs = Arc::clone(&mine);
    let other = thread::spawn(move || {
        unsafe { (*theirs.0.get()).push('a') };
        theirs.1.store(true, Ordering::Release);
    });
    while !mine.1.load(Ordering::Acquire) {
        thread::yield_now();
    }
    unsafe { (*mine.0.get()).push('b') };
    drop(mine);
    other.join().unwrap();
}
