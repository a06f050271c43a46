//! verdict: wrong_output
//!
//! A cheat: the count is written into the program, and no bun is carried.

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    walk();
    let _ = (trays, from, to, buns);
}

fn count(trays: &Array<i32>) -> i32 {
    let _ = trays;
    30
}
