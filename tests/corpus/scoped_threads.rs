//! Threads that borrow from the stack.
use std::thread;

fn main() {
    let mut numbers = vec![1, 2, 3, 4, 5, 6];
    let total: i32 = thread::scope(|s| {
        let (left, right) = numbers.split_at_mut(3);
        let a = s.spawn(|| {
            left.iter_mut().for_each(|n| *n *= 10);
            left.iter().sum::<i32>()
        });
        let b = s.spawn(|| right.iter().sum::<i32>());
        a.join().unwrap() + b.join().unwrap()
    });
    println!("{total} {numbers:?}");
}
