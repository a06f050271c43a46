//! Eight threads add ten million numbers.

use std::sync::Arc;
use std::thread;

fn main() {
    let numbers: Arc<Vec<u64>> = Arc::new((0..10_000_000).collect());
    let add = |part: usize| {
        let numbers = Arc::clone(&numbers);
        let size = numbers.len() / 8;
        thread::spawn(move || numbers[part * size..(part + 1) * size].iter().sum::<u64>())
    };
    let all: Vec<_> = (0..8).map(add).collect();
    println!(
        "{}",
        all.into_iter().map(|it| it.join().unwrap()).sum::<u64>()
    );
}
