//! verdict: passed
//!
//! Moves the buns first, in one piece, and walks then.

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    {
        let mut held = trays.lock();
        held.update(from, |n| n - buns);
        held.update(to, |n| n + buns);
    }
    walk();
}

fn count(trays: &Array<i32>) -> i32 {
    let held = trays.lock();
    (0..trays.len()).map(|i| held.get(i)).sum()
}
