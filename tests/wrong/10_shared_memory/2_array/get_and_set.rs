//! verdict: wrong_order, cause: not_atomic
//!
//! Every step is atomic, but between reading a tray and writing it others use it.

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    walk();
    trays.set(from, trays.get(from) - buns);
    trays.set(to, trays.get(to) + buns);
}

fn count(trays: &Array<i32>) -> i32 {
    trays.to_vec().iter().sum()
}
