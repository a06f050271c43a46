//! verdict: wrong_order, cause: lost_update
//!
//! Checks and acts without any lock.

use mp::Lock;

fn buy(list: &str, _lock: &Lock) -> Option<u32> {
    decide();
    let bun = left(list);
    if bun == 0 {
        return None;
    }
    note(list, bun - 1);
    Some(bun)
}
