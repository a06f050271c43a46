//! verdict: deadlock, self_deadlock
//! says: main waits for Mutex-1 (line 8), which it holds itself (since line 7)
use std::sync::Mutex;

fn main() {
    let mutex = Mutex::new(0);
    let _guard = mutex.lock();
    *mutex.lock().unwrap() += 1;
}
