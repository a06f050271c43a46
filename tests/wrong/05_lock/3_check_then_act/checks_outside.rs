//! verdict: wrong_order, cause: lost_update
//!
//! Checks first, and takes the lock only to act: the check is out of date by then.

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    decide();
    let bun = left(list);
    if bun == 0 {
        return None;
    }
    let _held = lock.lock();
    note(list, bun - 1);
    Some(bun)
}
