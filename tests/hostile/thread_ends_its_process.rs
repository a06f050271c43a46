//! verdict: passed
//!
//! A thread ends its process while others of it are parked, sleep or wait to run.

use std::process::exit;
use std::thread;
use std::time::Duration;

fn in_company(end: fn()) -> i32 {
    let child = mp::Process::new(|| {
        thread::spawn(|| {
            loop {
                thread::park();
            }
        });
        thread::spawn(|| thread::sleep(Duration::from_secs(3600)));
        let ends = thread::spawn(end);
        let _unreached = ends.join();
        exit(1);
    });
    child.start().expect("can be started").join()
}

fn attack() {
    assert_eq!(in_company(|| exit(3)), 3);
}
