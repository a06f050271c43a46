//! bug: panic, cause: lost_update
//!
//! Five threads add one to a counter a hundred times, in two steps.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;

const THREADS: usize = 5;
const ROUNDS: usize = 100;

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn main() {
    let bug = bug();
    let counter = Arc::new(AtomicUsize::new(0));
    let add = move |counter: &AtomicUsize| {
        if bug {
            let before = counter.load(SeqCst);
            counter.store(before + 1, SeqCst);
        } else {
            counter.fetch_add(1, SeqCst);
        }
    };
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let counter = Arc::clone(&counter);
            thread::spawn(move || (0..ROUNDS).for_each(|_| add(&counter)))
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(counter.load(SeqCst), THREADS * ROUNDS);
}
