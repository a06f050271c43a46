//! verdict: deadlock, self_deadlock
//! says: main waits for RwLock-1 (line 8), which it holds itself (since line 7)
use std::sync::RwLock;

fn main() {
    let lock = RwLock::new(0);
    let seen = lock.read().unwrap();
    *lock.write().unwrap() = *seen + 1;
}
