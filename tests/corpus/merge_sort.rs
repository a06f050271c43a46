//! Sorting by threads that start threads.
use std::thread;

fn sort<T: Ord + Send + Sync + Clone>(items: &[T]) -> Vec<T> {
    if items.len() < 3 {
        let mut items = items.to_vec();
        items.sort();
        return items;
    }
    let (left, right) = items.split_at(items.len() / 2);
    let (left, right) = (left.to_vec(), right.to_vec());
    let (left, right) = thread::scope(|s| {
        let left = s.spawn(|| sort(&left));
        (sort(&right), left.join().unwrap())
    });
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    let mut merged = Vec::with_capacity(items.len());
    loop {
        let from_left = match (left.peek(), right.peek()) {
            (Some(a), Some(b)) => a <= b,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => return merged,
        };
        merged.extend(if from_left { left.next() } else { right.next() });
    }
}

fn main() {
    println!("{:?}", sort(&[5, 2, 9, 1, 5, 6, 0, 3]));
    println!("{:?}", sort(&["pear", "apple", "fig", "plum"]));
}
