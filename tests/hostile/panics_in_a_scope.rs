//! verdict: panic
//! message: sweeper panicked: index out of bounds
//!
//! The scope of a thread that panicked panics, too; what is told is the first panic.

use std::thread;

fn attack() {
    let numbers = [1, 2, 3];
    let at = std::hint::black_box(7);
    thread::scope(|scope| {
        let sweeper = thread::Builder::new().name("sweeper".into());
        let work = || assert_eq!(numbers[at], 2);
        sweeper.spawn_scoped(scope, work).expect("can be started");
    });
}
