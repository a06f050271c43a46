//! verdict: passed
//!
//! A process is killed by its sibling while its threads wait for each other.

use std::sync::Barrier;
use std::thread;
use std::time::Duration;

unsafe extern "C" {
    safe fn kill(pid: i32, signal: i32) -> i32;
}

fn attack() {
    let victim = mp::Process::new(|| {
        let never = Barrier::new(4);
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| never.wait());
            }
            scope.spawn(|| thread::sleep(Duration::from_secs(3600)));
        });
    });
    let victim = victim.start().expect("can be started");
    let pid = i32::try_from(victim.pid()).expect("is small");
    let killer = mp::Process::new(move || {
        kill(pid, 9);
    });
    killer.start().expect("can be started").join();
    assert_eq!(victim.join(), -9);
}
