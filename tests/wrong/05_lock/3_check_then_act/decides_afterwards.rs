//! verdict: wrong_output
//!
//! Buys first, and decides when it is done.

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    let held = lock.lock();
    let bun = left(list);
    if bun > 0 {
        note(list, bun - 1);
    }
    drop(held);
    decide();
    (bun > 0).then_some(bun)
}
