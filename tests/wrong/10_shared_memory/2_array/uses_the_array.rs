//! verdict: deadlock, cause: self_deadlock
//!
//! Holds the lock and calls the methods of the array, which want the same lock.

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    walk();
    let _held = trays.lock();
    trays.set(from, trays.get(from) - buns);
    trays.set(to, trays.get(to) + buns);
}

fn count(trays: &Array<i32>) -> i32 {
    trays.to_vec().iter().sum()
}
