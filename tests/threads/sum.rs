//! verdict: passed
//!
//! Threads add up parts of a list, and main adds up what they found.

use std::thread;

fn run() {
    let parts: Vec<thread::JoinHandle<u64>> = (0..4_u64)
        .map(|part| thread::spawn(move || (part * 25..(part + 1) * 25).sum()))
        .collect();
    let sums = parts.into_iter().map(|part| part.join().expect("no panic"));
    assert_eq!(sums.sum::<u64>(), (0..100).sum());
}
