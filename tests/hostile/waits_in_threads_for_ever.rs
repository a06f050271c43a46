//! verdict: livelock
//! message: repeat the same steps for ever
//! schedules: 3
//!
//! Two threads look again and again for what the other never does.

use std::sync::Mutex;
use std::thread;

static HEAP: Mutex<u32> = Mutex::new(0);

fn attack() {
    let look = || {
        while HEAP.try_lock().is_ok_and(|heap| *heap == 0) {
            thread::yield_now();
        }
    };
    let other = thread::spawn(look);
    look();
    other.join().expect("does not panic");
}
