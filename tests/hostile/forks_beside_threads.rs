//! verdict: passed
//!
//! A process with several threads cannot be copied; once they are joined it can.

use std::thread;

unsafe extern "C" {
    safe fn fork() -> i32;
}

fn attack() {
    let waits = thread::spawn(thread::park);
    let refused = mp::Process::new(|| {}).start().map(|_| ()).unwrap_err();
    assert!(refused.to_string().contains("several threads"), "{refused}");
    assert_eq!(fork(), -1);
    waits.thread().unpark();
    waits.join().expect("does not panic");
    thread::scope(|scope| {
        scope.spawn(|| {
            let refused = mp::Process::new(|| {}).start();
            assert!(refused.is_err(), "main is another thread");
        });
    });
    let child = mp::Process::new(|| {
        let own = thread::spawn(|| std::process::id());
        assert_eq!(own.join().expect("does not panic"), std::process::id());
    });
    assert_eq!(child.start().expect("has no company now").join(), 0);
}
