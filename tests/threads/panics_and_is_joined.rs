//! verdict: passed
//!
//! Whoever joins a thread that panicked is told of it, and can go on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

fn run() {
    let fails =
        thread::spawn(|| -> u32 { panic!("{} buns are too many", std::hint::black_box(1_000)) });
    let message = fails.join().expect_err("it panicked");
    assert_eq!(
        message.downcast_ref::<String>().map(String::as_str),
        Some("1000 buns are too many")
    );
    let scoped = catch_unwind(AssertUnwindSafe(|| {
        thread::scope(|scope| {
            scope.spawn(|| panic!("in a scope"));
        });
    }));
    assert!(scoped.is_err());
    let handled = thread::scope(|scope| scope.spawn(|| panic!("handled")).join().is_err());
    assert!(handled);
}
