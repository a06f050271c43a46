//! Waiting no longer than so long, alone and with a condition.
use std::sync::{Condvar, Mutex};
use std::time::Duration;

fn main() {
    let (lock, cvar) = (Mutex::new(0), Condvar::new());
    let guard = lock.lock().unwrap();
    let (guard, result) = cvar.wait_timeout(guard, Duration::from_millis(5)).unwrap();
    println!("{}", result.timed_out());
    let (mut guard, result) =
        cvar.wait_timeout_while(guard, Duration::from_millis(5), |n| *n == 0).unwrap();
    println!("{}", result.timed_out());
    *guard = 1;
    let (guard, result) =
        cvar.wait_timeout_while(guard, Duration::from_millis(5), |n| *n == 0).unwrap();
    println!("{} {}", result.timed_out(), guard);
}
