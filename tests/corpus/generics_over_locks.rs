//! A trait implemented for std's locks, and functions generic over it.
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, RwLock};
use std::thread;

trait Counter: Send + Sync {
    fn add(&self, n: i64);
    fn get(&self) -> i64;
}

impl Counter for Mutex<i64> {
    fn add(&self, n: i64) {
        *self.lock().unwrap() += n;
    }
    fn get(&self) -> i64 {
        *self.lock().unwrap()
    }
}

impl Counter for RwLock<i64> {
    fn add(&self, n: i64) {
        *self.write().unwrap() += n;
    }
    fn get(&self) -> i64 {
        *self.read().unwrap()
    }
}

impl Counter for AtomicI64 {
    fn add(&self, n: i64) {
        self.fetch_add(n, Ordering::Relaxed);
    }
    fn get(&self) -> i64 {
        self.load(Ordering::Relaxed)
    }
}

impl<C: Counter + ?Sized> Counter for Arc<C> {
    fn add(&self, n: i64) {
        (**self).add(n);
    }
    fn get(&self) -> i64 {
        (**self).get()
    }
}

fn count<C: Counter + Clone + 'static>(counter: C) -> i64 {
    let threads: Vec<_> = (1..=3)
        .map(|n| {
            let counter = counter.clone();
            thread::spawn(move || counter.add(n))
        })
        .collect();
    threads.into_iter().for_each(|t| t.join().unwrap());
    counter.get()
}

fn first<'a, T: Copy>(guard: &'a MutexGuard<'_, Vec<T>>) -> Option<&'a T> {
    guard.first()
}

fn main() {
    println!("{}", count(Arc::new(Mutex::new(0))));
    println!("{}", count(Arc::new(RwLock::new(10))));
    println!("{}", count(Arc::new(AtomicI64::new(100))));
    let all: Vec<Arc<dyn Counter>> = vec![Arc::new(Mutex::new(1)), Arc::new(AtomicI64::new(2))];
    println!("{}", all.iter().map(|c| c.get()).sum::<i64>());
    println!("{:?}", first(&Mutex::new(vec![7, 8]).lock().unwrap()));
}
