//! verdict: passed
//!
//! Two families of processes share each more than fits into the memory that all have: what lies at
//! the same address in both is not the same semaphore, and wakes only its own.

use std::thread::sleep;
use std::time::Duration;

use mp::{Array, Process, Semaphore};

fn family(until: Duration) {
    let _much = Array::new([0_u64; 300]);
    let permits = Semaphore::new(0);
    let waiter = Process::new(|| permits.acquire());
    let waiter = waiter.start().expect("can be started");
    sleep(until);
    permits.release();
    assert_eq!(waiter.join(), 0);
}

fn run() {
    let families = [60, 1].map(|seconds| {
        let family = Process::new(move || family(Duration::from_secs(seconds)));
        family.start().expect("can be started")
    });
    for family in families {
        assert_eq!(family.join(), 0);
    }
}
