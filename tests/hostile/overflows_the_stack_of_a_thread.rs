//! verdict: panic
//! message: Process-1 was ended by signal 6 (SIGABRT) while Process-1:Thread-1 ran
//! schedules: 10
//!
//! A thread calls itself until its stack is used up, which ends its process.

use std::thread;

#[allow(unconditional_recursion)]
fn deeper(level: u64) -> u64 {
    std::hint::black_box(deeper(level + 1) + 1)
}

fn attack() {
    let child = mp::Process::new(|| {
        let deep = thread::spawn(|| deeper(0));
        let _unreached = deep.join();
    });
    assert_eq!(child.start().expect("can be started").join(), -6);
}
