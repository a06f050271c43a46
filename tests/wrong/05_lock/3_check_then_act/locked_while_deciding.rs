//! verdict: requirement
//!
//! Holds the lock while the customer decides, so all others have to wait for that.

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    let _held = lock.lock();
    decide();
    let bun = left(list);
    if bun == 0 {
        return None;
    }
    note(list, bun - 1);
    Some(bun)
}
