//! verdict: wrong_order, cause: lost_update
//!
//! `let _` drops the guard at once, so the lock protects nothing.

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    walk();
    let _ = trays.lock();
    trays.set(from, trays.get(from) - buns);
    trays.set(to, trays.get(to) + buns);
}

fn count(trays: &Array<i32>) -> i32 {
    trays.to_vec().iter().sum()
}
