//! verdict: passed
//!
//! Puts in before it takes out, and does nothing when the trays are the same.

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    walk();
    if from == to {
        return;
    }
    let mut held = trays.lock();
    for (tray, change) in [(to, buns), (from, -buns)] {
        held.update(tray, |there| there + change);
    }
}

fn count(trays: &Array<i32>) -> i32 {
    let mut sum = 0;
    for there in trays.to_vec() {
        sum += there;
    }
    sum
}
