//! verdict: passed
//!
//! Thread-local values do visible things when they are dropped; whoever joined the thread sees all
//! of it, and a scope waits for it, too.

use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

static DROPPED: AtomicU32 = AtomicU32::new(0);

struct Counted;

impl Drop for Counted {
    fn drop(&mut self) {
        let before = DROPPED.load(Ordering::SeqCst);
        thread::sleep(Duration::from_millis(3));
        eprintln!("{before} were dropped");
        DROPPED.fetch_add(1, Ordering::SeqCst);
        // Made only now, so dropped even later.
        LATE.with(|late| late.set(Some(Late)));
    }
}

struct Late;

impl Drop for Late {
    fn drop(&mut self) {
        thread::yield_now();
        DROPPED.fetch_add(10, Ordering::SeqCst);
    }
}

thread_local! {
    static OWN: RefCell<Option<Counted>> = const { RefCell::new(None) };
    static LATE: Cell<Option<Late>> = const { Cell::new(None) };
}

fn fill() {
    OWN.with(|own| *own.borrow_mut() = Some(Counted));
}

fn attack() {
    thread::spawn(fill).join().expect("does not panic");
    assert_eq!(DROPPED.load(Ordering::SeqCst), 11);
    thread::scope(|scope| {
        scope.spawn(fill);
    });
    assert_eq!(DROPPED.load(Ordering::SeqCst), 22);
}
