//! verdict: wrong_order, cause: check_then_act
//!
//! Checks outside, reads again under the lock, but does not check what it read then.

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    decide();
    if left(list) == 0 {
        return None;
    }
    let _held = lock.lock();
    let bun = left(list);
    note(list, bun.saturating_sub(1));
    Some(bun)
}
