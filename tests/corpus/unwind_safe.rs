//! Locks and channels seen through catch_unwind without any wrapper.
use std::panic::catch_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, OnceLock, RwLock};

fn main() {
    let mutex = Arc::new(Mutex::new(1));
    let (lock, once, count) = (RwLock::new(2), OnceLock::new(), AtomicUsize::new(0));
    let (tx, rx) = channel();
    let caught = catch_unwind(|| {
        count.fetch_add(1, Ordering::SeqCst);
        tx.send(5).unwrap();
        once.get_or_init(|| *lock.read().unwrap());
        let mut guard = mutex.lock().unwrap();
        *guard += 1;
        if *guard == 2 {
            panic!("on purpose");
        }
    });
    println!("{} {:?} {:?} {:?}", caught.is_err(), rx.recv(), once, count);
    println!("{} {}", mutex.is_poisoned(), lock.is_poisoned());
}
