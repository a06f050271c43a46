//! verdict: deadlock, cause: lock_cycle
//!
//! Each courier takes the till it comes from first: two on opposite ways wait for each other.

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    let _from = tills[from].lock.lock();
    let _to = (from != to).then(|| tills[to].lock.lock());
    move_coins(&tills[from], &tills[to], coins);
}
