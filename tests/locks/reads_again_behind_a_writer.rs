//! verdict: deadlock, self_deadlock
//! says: waits for RwLock-1 (line 10), which it holds itself (since line 9)
use std::sync::RwLock;
use std::thread;

static LOCK: RwLock<i32> = RwLock::new(0);

fn sum() -> i32 {
    let first = LOCK.read().unwrap();
    let second = LOCK.read().unwrap();
    *first + *second
}

fn main() {
    let reader = thread::spawn(sum);
    *LOCK.write().unwrap() += 1;
    println!("{}", reader.join().unwrap() % 2);
}
