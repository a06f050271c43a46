//! Four threads compute a Fibonacci number each, as one should not.

use std::thread;

fn fib(n: u64) -> u64 {
    if n < 2 { n } else { fib(n - 1) + fib(n - 2) }
}

fn main() {
    let all: Vec<_> = (34..38).map(|n| thread::spawn(move || fib(n))).collect();
    println!(
        "{}",
        all.into_iter().map(|it| it.join().unwrap()).sum::<u64>()
    );
}
