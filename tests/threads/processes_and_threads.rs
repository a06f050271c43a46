//! verdict: passed
//!
//! Processes have threads of their own, which share what is private to the process; ids are those
//! of processes.

use std::process;
use std::sync::Mutex;
use std::thread;

use mp::{Process, Value};

static PRIVATE: Mutex<u32> = Mutex::new(0);

fn work(total: &Value<u32>) {
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                *PRIVATE.lock().expect("no panic") += 1;
                let mut guard = total.lock();
                guard.set(guard.get() + 1);
            });
        }
    });
    assert_eq!(*PRIVATE.lock().expect("no panic"), 2);
}

fn run() {
    let total = Value::new(0_u32);
    let me = process::id();
    let children: Vec<_> = (0..2)
        .map(|_| {
            Process::new(|| work(&total))
                .start()
                .expect("can be started")
        })
        .collect();
    assert_eq!(children[0].pid(), me + 1);
    assert_eq!(children[1].pid(), me + 2);
    for child in children {
        assert_eq!(child.join(), 0);
    }
    assert_eq!(total.get(), 4);
    let id = thread::spawn(process::id).join().expect("no panic");
    assert_eq!(id, me);
}
