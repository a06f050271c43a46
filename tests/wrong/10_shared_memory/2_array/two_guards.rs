//! verdict: wrong_order, cause: not_atomic
//!
//! No bun is lost, but between the two guards some are in no tray, and may be counted so.

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    walk();
    trays.lock().update(from, |there| there - buns);
    trays.lock().update(to, |there| there + buns);
}

fn count(trays: &Array<i32>) -> i32 {
    trays.to_vec().iter().sum()
}
