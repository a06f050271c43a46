//! Numbers handed out by a static counter.
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

fn next_id() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn main() {
    let ids: Vec<usize> = thread::scope(|s| {
        let threads: Vec<_> = (0..3).map(|_| s.spawn(|| [next_id(), next_id()])).collect();
        threads.into_iter().flat_map(|t| t.join().unwrap()).collect()
    });
    let different: HashSet<_> = ids.iter().collect();
    println!("{} {}", different.len(), ids.iter().max().unwrap());
}
