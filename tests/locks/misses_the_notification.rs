//! verdict: deadlock, lost_wakeup
//! says: waits for a notification of Condvar-1 (line 13)
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex};
use std::thread;

static READY: AtomicBool = AtomicBool::new(false);
static GATE: (Mutex<()>, Condvar) = (Mutex::new(()), Condvar::new());

fn await_ready() {
    while !READY.load(Ordering::SeqCst) {
        let guard = GATE.0.lock().unwrap();
        drop(GATE.1.wait(guard));
    }
}

fn main() {
    let waiter = thread::spawn(await_ready);
    READY.store(true, Ordering::SeqCst);
    GATE.1.notify_all();
    waiter.join().unwrap();
}
