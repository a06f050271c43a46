//! verdict: passed
//!
//! `get` and `set` of one guard, also to count.

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    walk();
    let mut held = trays.lock();
    let taken = held.get(from) - buns;
    held.set(from, taken);
    let put = held.get(to) + buns;
    held.set(to, put);
}

fn count(trays: &Array<i32>) -> i32 {
    let held = trays.lock();
    (0..trays.len()).map(|tray| held.get(tray)).sum()
}
