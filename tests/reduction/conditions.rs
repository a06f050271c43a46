//! Who is notified, and who was too late to be.
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::Duration;

static TURN: (Mutex<u32>, Condvar) = (Mutex::new(0), Condvar::new());

fn main() {
    let other = thread::spawn(|| {
        *TURN.0.lock().unwrap() += 1;
        TURN.1.notify_one();
    });
    let turn = TURN.0.lock().unwrap();
    let seen = *turn;
    let (turn, result) = TURN.1.wait_timeout(turn, Duration::from_secs(1)).unwrap();
    println!("{seen} {turn} {}", result.timed_out());
    drop(turn);
    other.join().unwrap();
}
