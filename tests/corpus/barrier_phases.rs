//! lines: any order
//! Everyone finishes a phase before anyone begins the next.
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;

fn main() {
    let barrier = Arc::new(Barrier::new(3));
    let done = Arc::new(AtomicUsize::new(0));
    let threads: Vec<_> = (0..3)
        .map(|_| {
            let (barrier, done) = (barrier.clone(), done.clone());
            thread::spawn(move || {
                let mut led = 0;
                for phase in 1..=2 {
                    done.fetch_add(1, Ordering::SeqCst);
                    led += usize::from(barrier.wait().is_leader());
                    assert!(done.load(Ordering::SeqCst) >= phase * 3);
                    println!("phase {phase} is over");
                    led += usize::from(barrier.wait().is_leader());
                }
                led
            })
        })
        .collect();
    let led: usize = threads.into_iter().map(|t| t.join().unwrap()).sum();
    println!("{led}");
}
