//! verdict: wrong_output
//!
//! Does nothing where there are no coins to carry.

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    if coins == 0 {
        return;
    }
    let _low = tills[from.min(to)].lock.lock();
    let _high = (from != to).then(|| tills[from.max(to)].lock.lock());
    move_coins(&tills[from], &tills[to], coins);
}
