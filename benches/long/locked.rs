//! So many threads count so often, each time with the lock.

use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let mut numbers = std::env::args()
        .skip(1)
        .map(|it| it.parse().expect("a number"));
    let (threads, times) = (
        numbers.next().expect("threads"),
        numbers.next().expect("times"),
    );
    let count = Arc::new(Mutex::new(0_u64));
    let start = |_| {
        let count = Arc::clone(&count);
        thread::spawn(move || (0..times).for_each(|_: u64| *count.lock().unwrap() += 1))
    };
    let all: Vec<_> = (0..threads).map(start).collect();
    all.into_iter().for_each(|it| it.join().unwrap());
    assert_eq!(*count.lock().unwrap(), threads * times);
}
