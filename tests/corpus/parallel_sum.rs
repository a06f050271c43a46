//! A sum in parts, and a map in parts.
use std::thread;

fn parallel<T: Sync, R: Send>(items: &[T], parts: usize, f: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let size = items.len().div_ceil(parts).max(1);
    thread::scope(|s| {
        let threads: Vec<_> = items.chunks(size).map(|chunk| s.spawn(|| f(chunk))).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    })
}

fn main() {
    let numbers: Vec<u64> = (1..=100).collect();
    println!("{:?}", parallel(&numbers, 3, |part| part.iter().sum::<u64>()));
    let words = ["a", "bb", "ccc"];
    println!("{:?}", parallel(&words, 2, |part| part.concat()));
}
