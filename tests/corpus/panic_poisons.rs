//! A thread panics with the lock held; others see the poison and go on.
use std::sync::{Arc, Mutex, PoisonError, RwLock, TryLockError};
use std::thread;

fn main() {
    let mutex = Arc::new(Mutex::new(vec![1]));
    let other = Arc::clone(&mutex);
    let died = thread::spawn(move || {
        let mut guard = other.lock().unwrap();
        guard.push(2);
        panic!("with the lock held");
    })
    .join();
    println!("{} {}", died.is_err(), mutex.is_poisoned());
    match mutex.try_lock() {
        Err(TryLockError::Poisoned(error)) => println!("{:?}", error.into_inner()),
        other => println!("{other:?}"),
    }
    let guard = mutex.lock().unwrap_or_else(PoisonError::into_inner);
    println!("{}", guard.len());
    drop(guard);
    mutex.clear_poison();
    println!("{:?}", mutex.lock());
    let lock = RwLock::new(0);
    thread::scope(|s| {
        let reader = s.spawn(|| {
            let _guard = lock.read();
            panic!("reading");
        });
        println!("{}", reader.join().is_err());
    });
    println!("{:?}", lock);
}
