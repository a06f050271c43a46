//! verdict: wrong_output
//!
//! Forgets that the two may be the same tray: then buns are made.

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    walk();
    let mut held = trays.lock();
    let (in_from, in_to) = (held.get(from), held.get(to));
    held.set(from, in_from - buns);
    held.set(to, in_to + buns);
}

fn count(trays: &Array<i32>) -> i32 {
    trays.to_vec().iter().sum()
}
