//! verdict: panic
//! says: panicked
use std::sync::{Condvar, Mutex};
use std::thread;

static QUEUE: (Mutex<Vec<u32>>, Condvar) = (Mutex::new(Vec::new()), Condvar::new());

fn take() -> u32 {
    let mut queue = QUEUE.0.lock().unwrap();
    if queue.is_empty() {
        queue = QUEUE.1.wait(queue).unwrap();
    }
    queue.pop().unwrap()
}

fn main() {
    let takers = [thread::spawn(take), thread::spawn(take)];
    for n in 0..2 {
        QUEUE.0.lock().unwrap().push(n);
        QUEUE.1.notify_one();
    }
    println!("{}", takers.into_iter().map(|taker| taker.join().unwrap()).sum::<u32>());
}
