//! verdict: passed
//!
//! What std has had since Rust 1.96 and 1.98; the checked std has it with every compiler.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

fn run() {
    let mut numbers = [1_u32, 2, 3];
    let atomics = &*AtomicU32::from_mut_slice(&mut numbers);
    let known: LazyLock<u32> = LazyLock::from(4);
    std::thread::scope(|scope| {
        for atomic in atomics {
            scope.spawn(|| atomic.fetch_add(*known, Ordering::Relaxed));
        }
    });
    assert_eq!(numbers, [5, 6, 7]);
    let mut one = 0_u32;
    AtomicU32::from_mut(&mut one).store(9, Ordering::Relaxed);
    let mut both = [AtomicU32::new(one), AtomicU32::new(1)];
    AtomicU32::get_mut_slice(&mut both).reverse();
    assert_eq!(both.map(AtomicU32::into_inner), [1, 9]);
    let mut place = &raw mut one;
    let place = AtomicPtr::from_mut(&mut place).load(Ordering::Relaxed);
    assert!(!place.is_null());
}
