//! verdict: wrong_output
//!
//! From a till to itself there is nothing to carry, so this courier does nothing.

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    if from == to {
        return;
    }
    let _low = tills[from.min(to)].lock.lock();
    let _high = tills[from.max(to)].lock.lock();
    move_coins(&tills[from], &tills[to], coins);
}
