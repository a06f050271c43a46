//! verdict: passed
//!
//! Children end by `exit`, in the middle of what they do, one while it holds a lock of its own.

fn attack() {
    let lock = mp::Lock::new();
    let polite = mp::Process::new(|| std::process::exit(3));
    let polite = polite.start().expect("can be started");
    let other = mp::Process::new(|| {
        let lock = lock;
        lock.acquire();
        std::process::exit(4)
    });
    let other = other.start().expect("can be started");
    assert_eq!((polite.join(), other.join()), (3, 4));
}
