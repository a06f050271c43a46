//! verdict: wrong_order, cause: not_atomic
//!
//! Counts tray after tray, while buns are carried from one to the other.

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    walk();
    let mut held = trays.lock();
    held.update(from, |there| there - buns);
    held.update(to, |there| there + buns);
}

fn count(trays: &Array<i32>) -> i32 {
    (0..trays.len()).map(|tray| trays.get(tray)).sum()
}
