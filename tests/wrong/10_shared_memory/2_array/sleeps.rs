//! verdict: wrong_order, cause: lost_update
//!
//! Waits some time that is different for each, instead of for the others.

use std::process;
use std::thread;
use std::time::Duration;

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    walk();
    thread::sleep(Duration::from_secs(u64::from(process::id() % 100)));
    trays.set(from, trays.get(from) - buns);
    trays.set(to, trays.get(to) + buns);
}

fn count(trays: &Array<i32>) -> i32 {
    thread::sleep(Duration::from_secs(1_000));
    trays.to_vec().iter().sum()
}
