//! verdict: passed
//!
//! A thread ends its process while others of it are parked, sleep or wait to run: by exit, by
//! abort, by a panic that aborts, and by touching what is not there.

use std::process::{abort, exit};
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

struct PanicsTwice;

impl Drop for PanicsTwice {
    fn drop(&mut self) {
        panic!("while another panic goes on");
    }
}

fn attack() {
    assert_eq!(in_company(|| exit(3)), 3);
    assert_eq!(in_company(|| abort()), -6);
    let twice = || {
        let _guard = PanicsTwice;
        panic!("the first one");
    };
    assert_eq!(in_company(twice), -6);
    let nowhere = || unsafe { std::ptr::without_provenance_mut::<u8>(8).write_volatile(1) };
    assert_eq!(in_company(nowhere), -11);
}
