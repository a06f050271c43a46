//! verdict: panic
//! message: was ended by signal 11 (SIGSEGV) while Process-1:Thread-2 ran
//! schedules: 20
//!
//! A thread touches what is not there while others of its process are parked and wait for it; then
//! one of another process aborts, and one panics in a panic.

use std::process::abort;
use std::thread;

fn in_company(end: fn()) -> i32 {
    let child = mp::Process::new(|| {
        thread::spawn(|| {
            loop {
                thread::park();
            }
        });
        let ends = thread::spawn(end);
        let _unreached = ends.join();
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
    let nowhere = || unsafe { std::ptr::without_provenance_mut::<u8>(8).write_volatile(1) };
    assert_eq!(in_company(nowhere), -11);
    assert_eq!(in_company(|| abort()), -6);
    let twice = || {
        let _guard = PanicsTwice;
        panic!("the first one");
    };
    assert_eq!(in_company(twice), -6);
}
