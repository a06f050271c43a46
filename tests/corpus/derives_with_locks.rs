//! Derived traits on types that hold locks and atomics.
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::sync::{Condvar, Mutex, OnceLock, RwLock};

#[derive(Debug, Default)]
struct Everything {
    mutex: Mutex<Vec<u8>>,
    lock: RwLock<String>,
    condvar: Condvar,
    count: AtomicU32,
    flag: AtomicBool,
    once: OnceLock<i32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Cell(OnceLock<String>);

fn main() {
    let all = Everything::default();
    println!("{all:?}");
    all.mutex.lock().unwrap().push(1);
    all.once.set(5).unwrap();
    println!("{all:#?}");
    let cell = Cell(OnceLock::from("x".to_owned()));
    println!("{:?} {}", cell.clone(), cell == Cell(OnceLock::new()));
    let mutex: Mutex<_> = vec![1].into();
    println!("{:?} {:?}", mutex.into_inner(), RwLock::from(2).into_inner().unwrap());
}
