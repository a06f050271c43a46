//! verdict: passed
//!
//! Two threads look again and again at what a lock guards, until a third, which sleeps between the
//! loaves, has brought one for each.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

fn run() {
    let loaves = Mutex::new(0);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let mut there = loaves.lock().expect("no panic");
                    if *there > 0 {
                        *there -= 1;
                        break;
                    }
                    drop(there);
                    thread::yield_now();
                }
            });
        }
        scope.spawn(|| {
            for _ in 0..2 {
                thread::sleep(Duration::from_secs(1));
                *loaves.lock().expect("no panic") += 1;
            }
        });
    });
}
