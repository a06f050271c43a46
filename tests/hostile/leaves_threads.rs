//! verdict: passed
//!
//! Main ends while threads of it sleep, are parked, wait for a lock, and go on for ever.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

static LOCK: Mutex<()> = Mutex::new(());

fn attack() {
    thread::spawn(|| {
        let _held = LOCK.lock();
        thread::park();
    });
    thread::spawn(|| LOCK.lock().map(|_| ()).is_ok());
    thread::spawn(|| thread::sleep(Duration::from_secs(3600)));
    thread::spawn(|| {
        loop {
            thread::sleep(Duration::from_secs(1));
        }
    });
}
