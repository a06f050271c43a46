//! bug: panic, cause: unjoined
//!
//! Main reads the result of a thread that it does not wait for.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn main() {
    let result = Arc::new(AtomicUsize::new(0));
    let thread = thread::spawn({
        let result = Arc::clone(&result);
        move || result.store(42, SeqCst)
    });
    if !bug() {
        thread.join().unwrap();
    }
    assert_eq!(result.load(SeqCst), 42);
}
