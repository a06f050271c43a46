//! verdict: deadlock, never_released
//! says: main waits for Mutex-1 (line 11), which Thread-1 took at line 8 and never gave back
use std::sync::Mutex;
use std::thread;

static MUTEX: Mutex<i32> = Mutex::new(0);
fn take() {
    std::mem::forget(MUTEX.lock());
}
fn main() {
    thread::spawn(take).join().unwrap(); println!("{:?}", MUTEX.lock());
}
