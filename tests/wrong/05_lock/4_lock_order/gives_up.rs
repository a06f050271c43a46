//! verdict: wrong_order, cause: gave_up
//!
//! Avoids the deadlock by giving up after a while: the coins are then never carried.

use std::time::Duration;

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    let _from = tills[from].lock.lock();
    if from == to {
        move_coins(&tills[from], &tills[to], coins);
    } else if tills[to].lock.acquire_timeout(Duration::from_secs(10)) {
        move_coins(&tills[from], &tills[to], coins);
        tills[to].lock.release();
    }
}
