//! A bounded queue of a mutex and two conditions.
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

struct Queue<T> {
    items: Mutex<VecDeque<T>>,
    not_empty: Condvar,
    not_full: Condvar,
    bound: usize,
}

impl<T> Queue<T> {
    fn new(bound: usize) -> Self {
        Queue {
            items: Mutex::new(VecDeque::with_capacity(bound)),
            not_empty: Condvar::new(),
            not_full: Condvar::new(),
            bound,
        }
    }

    fn push(&self, item: T) {
        let mut items = self.items.lock().unwrap();
        while items.len() == self.bound {
            items = self.not_full.wait(items).unwrap();
        }
        items.push_back(item);
        self.not_empty.notify_one();
    }

    fn pop(&self) -> T {
        let items = self.items.lock().unwrap();
        let mut items = self.not_empty.wait_while(items, |items| items.is_empty()).unwrap();
        let item = items.pop_front().unwrap();
        self.not_full.notify_one();
        item
    }
}

fn main() {
    let queue = Arc::new(Queue::new(2));
    let producers: Vec<_> = (0..2)
        .map(|p| {
            let queue = queue.clone();
            thread::spawn(move || (0..5).for_each(|n| queue.push(p * 100 + n)))
        })
        .collect();
    let consumer = {
        let queue = queue.clone();
        thread::spawn(move || (0..10).map(|_| queue.pop()).sum::<i32>())
    };
    for producer in producers {
        producer.join().unwrap();
    }
    println!("{}", consumer.join().unwrap());
}
