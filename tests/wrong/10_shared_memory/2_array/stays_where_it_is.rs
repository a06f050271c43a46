//! verdict: wrong_output
//!
//! From a tray to itself there is nothing to carry, so nobody walks.

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    if from == to {
        return;
    }
    walk();
    let mut held = trays.lock();
    held.update(from, |n| n - buns);
    held.update(to, |n| n + buns);
}

fn count(trays: &Array<i32>) -> i32 {
    let held = trays.lock();
    (0..trays.len()).map(|i| held.get(i)).sum()
}
