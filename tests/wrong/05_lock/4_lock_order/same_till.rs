//! verdict: deadlock, cause: self_deadlock
//!
//! The order is right, but a courier to the same till waits for the lock that it holds itself.

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    let _first = tills[from.min(to)].lock.lock();
    let _second = tills[from.max(to)].lock.lock();
    move_coins(&tills[from], &tills[to], coins);
}
