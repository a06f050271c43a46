//! verdict: deadlock, lock_cycle
//! says: waits for Mutex-
use std::sync::Mutex;
use std::thread;

static A: Mutex<i32> = Mutex::new(0);
static B: Mutex<i32> = Mutex::new(0);

fn main() {
    let other = thread::spawn(|| {
        let _b = B.lock().unwrap();
        let _a = A.lock().unwrap();
    });
    {
        let _a = A.lock().unwrap();
        let _b = B.lock().unwrap();
    }
    other.join().unwrap();
}
