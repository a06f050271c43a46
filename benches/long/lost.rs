//! So many threads count so often, each in two steps between which another one may come.

use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::thread;

static COUNT: AtomicU64 = AtomicU64::new(0);

fn main() {
    let mut numbers = std::env::args()
        .skip(1)
        .map(|it| it.parse().expect("a number"));
    let (threads, times) = (
        numbers.next().expect("threads"),
        numbers.next().expect("times"),
    );
    let count = move || {
        for _ in 0..times {
            let seen = COUNT.load(SeqCst);
            COUNT.store(seen + 1, SeqCst);
        }
    };
    let all: Vec<_> = (0..threads).map(|_: u64| thread::spawn(count)).collect();
    all.into_iter().for_each(|it| it.join().unwrap());
    println!("{}", COUNT.load(SeqCst));
}
