//! verdict: requirement
//!
//! The lock of till 0 serves as a lock for the whole shop: nobody works beside anybody.

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    let _shop = tills[0].lock.lock();
    move_coins(&tills[from], &tills[to], coins);
}
