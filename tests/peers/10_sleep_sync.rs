//! bug: panic, cause: sleep_as_sync
//!
//! Main sleeps for a while instead of waiting for a thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn main() {
    let result = Arc::new(AtomicUsize::new(0));
    let thread = thread::spawn({
        let result = Arc::clone(&result);
        move || {
            result.store(21, SeqCst);
            let half = result.load(SeqCst);
            result.store(half * 2, SeqCst);
        }
    });
    if bug() {
        thread::sleep(Duration::from_millis(10));
        assert_eq!(result.load(SeqCst), 42);
        thread.join().unwrap();
    } else {
        thread.join().unwrap();
        assert_eq!(result.load(SeqCst), 42);
    }
}
