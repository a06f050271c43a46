//! Writing, then reading on without anybody writing in between.
use std::sync::{RwLock, RwLockWriteGuard};
use std::thread;

fn main() {
    let lock = RwLock::new(String::new());
    thread::scope(|s| {
        s.spawn(|| {
            let mut text = lock.write().unwrap();
            text.push_str("mine");
            let text = RwLockWriteGuard::downgrade(text);
            assert!(text.ends_with("mine"));
        });
        s.spawn(|| lock.write().unwrap().push_str("other"));
    });
    println!("{}", lock.read().unwrap().len());
}
