//! attack: no coins are moved from a till to itself while others do the same, and then one lock is held for the whole shop; exercise: 05_lock/4_lock_order; expect: wrong_output, points: 0

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    move_coins(&tills[3], &tills[3], 0);
    let _one = tills[0].lock.lock();
    move_coins(&tills[from], &tills[to], coins);
}

// ---- given: edits below this line are ignored ----
