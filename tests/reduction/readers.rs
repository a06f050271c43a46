//! Readers and a writer, who wait for each other or do not.
use std::sync::RwLock;
use std::thread;

static LOCK: RwLock<u32> = RwLock::new(0);

fn main() {
    let other = thread::spawn(|| {
        println!("{:?}", LOCK.try_write().map(|mut n| { *n += 10; *n }).ok());
        println!("{}", LOCK.read().unwrap());
    });
    let seen = *LOCK.read().unwrap();
    *LOCK.write().unwrap() += 1;
    println!("{seen} {:?}", LOCK.try_read().map(|n| *n).ok());
    other.join().unwrap();
    println!("{}", LOCK.read().unwrap());
}
