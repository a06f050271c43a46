//! verdict: deadlock, cause: never_released
//!
//! The second lock is taken in the right order, and not given back.

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    let (low, high) = (from.min(to), from.max(to));
    let _low = tills[low].lock.lock();
    if low != high {
        tills[high].lock.acquire();
    }
    move_coins(&tills[from], &tills[to], coins);
}
