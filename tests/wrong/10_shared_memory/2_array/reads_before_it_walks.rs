//! verdict: wrong_output, cause: lost_update
//!
//! What was read before the walk is out of date after it.

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    let (old_from, old_to) = (trays.get(from), trays.get(to));
    walk();
    let mut held = trays.lock();
    held.set(from, old_from - buns);
    held.set(to, if from == to { old_to } else { old_to + buns });
}

fn count(trays: &Array<i32>) -> i32 {
    trays.to_vec().iter().sum()
}
