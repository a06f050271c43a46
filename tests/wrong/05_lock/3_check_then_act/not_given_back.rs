//! verdict: deadlock, cause: never_released
//!
//! Gives the lock back only when there was a bun.

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    decide();
    lock.acquire();
    let bun = left(list);
    if bun == 0 {
        return None;
    }
    note(list, bun - 1);
    lock.release();
    Some(bun)
}
