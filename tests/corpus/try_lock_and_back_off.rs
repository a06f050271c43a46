//! Taking two locks without an order: trying, and letting go when that fails.
use std::sync::{Arc, Mutex};
use std::thread;

fn both(first: &Mutex<u32>, second: &Mutex<u32>) {
    loop {
        let mut a = first.lock().unwrap();
        if let Ok(mut b) = second.try_lock() {
            *a += 1;
            *b += 1;
            return;
        }
        drop(a);
        thread::yield_now();
    }
}

fn main() {
    let locks = Arc::new((Mutex::new(0), Mutex::new(0)));
    let other = Arc::clone(&locks);
    let thread = thread::spawn(move || both(&other.1, &other.0));
    both(&locks.0, &locks.1);
    thread.join().unwrap();
    println!("{:?} {:?}", locks.0.lock().unwrap(), locks.1.lock().unwrap());
}
