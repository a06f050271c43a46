//! verdict: wrong_output
//!
//! Moves the buns and stays where it is.

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    let mut held = trays.lock();
    held.update(from, |there| there - buns);
    held.update(to, |there| there + buns);
}

fn count(trays: &Array<i32>) -> i32 {
    trays.to_vec().iter().sum()
}
