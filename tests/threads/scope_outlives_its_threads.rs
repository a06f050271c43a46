//! verdict: passed
//!
//! A thread of a scope ends while the scope still works: what it did came before the scope's end.

use std::thread;
use std::time::Duration;

use mp::RawValue;

fn run() {
    let seen = RawValue::new(0_i32);
    thread::scope(|scope| {
        scope.spawn(|| seen.set(1));
        thread::sleep(Duration::from_secs(1));
    });
    assert_eq!(seen.get(), 1);
}
