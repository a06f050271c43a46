//! verdict: wrong_order, cause: lost_update
//!
//! Looks twice instead of locking: a second check is as soon out of date as the first.

use mp::Lock;

fn buy(list: &str, _lock: &Lock) -> Option<u32> {
    decide();
    loop {
        let bun = left(list);
        if bun == 0 {
            return None;
        }
        if left(list) == bun {
            note(list, bun - 1);
            return Some(bun);
        }
    }
}
