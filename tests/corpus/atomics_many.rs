//! A hundred thousand atomics.
use std::sync::atomic::{AtomicU16, Ordering};

fn main() {
    let sieve: Vec<AtomicU16> = (0..100_000).map(|_| AtomicU16::new(0)).collect();
    for n in (0..sieve.len()).step_by(97) {
        sieve[n].store(u16::try_from(n % 7).unwrap(), Ordering::Release);
    }
    let sum: u32 = sieve.iter().step_by(97).map(|n| u32::from(n.load(Ordering::Acquire))).sum();
    println!("{sum} {}", sieve.len());
}
