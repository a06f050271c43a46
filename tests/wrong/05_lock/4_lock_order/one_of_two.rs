//! verdict: wrong_order, cause: two_locks
//!
//! Only the till that the coins come from is locked: somebody else may use the other one.

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    let _from = tills[from].lock.lock();
    move_coins(&tills[from], &tills[to], coins);
}
