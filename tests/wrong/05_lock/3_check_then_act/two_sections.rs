//! verdict: wrong_order, cause: lost_update
//!
//! Holds the lock to look, and again to note: between the two the list is anybody's.

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    decide();
    let held = lock.lock();
    let bun = left(list);
    drop(held);
    if bun == 0 {
        return None;
    }
    let _held = lock.lock();
    note(list, bun - 1);
    Some(bun)
}
