//! verdict: passed
//!
//! Another right answer: a sorted set of numbers, which holds the same till only once.

use std::collections::BTreeSet;

use mp::LockGuard;

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    let numbers = BTreeSet::from([from, to]);
    let held: Vec<LockGuard> = numbers
        .iter()
        .map(|&till| tills[till].lock.lock())
        .collect();
    move_coins(&tills[from], &tills[to], coins);
    drop(held);
}
