//! verdict: wrong_order, cause: lost_update
//!
//! From a till to itself nothing changes, so no lock is taken: but the till is written all the same.

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    if from == to {
        move_coins(&tills[from], &tills[to], coins);
        return;
    }
    let _low = tills[from.min(to)].lock.lock();
    let _high = tills[from.max(to)].lock.lock();
    move_coins(&tills[from], &tills[to], coins);
}
