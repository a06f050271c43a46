//! verdict: deadlock, cause: lock_cycle
//!
//! Even tills come before odd ones, but two even ones have no order.

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    let (first, second) = if from % 2 > to % 2 {
        (to, from)
    } else {
        (from, to)
    };
    let _first = tills[first].lock.lock();
    let _second = (first != second).then(|| tills[second].lock.lock());
    move_coins(&tills[from], &tills[to], coins);
}
