//! verdict: wrong_order, cause: lost_update
//!
//! No lock, no deadlock, and coins get lost.

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    move_coins(&tills[from], &tills[to], coins);
}
