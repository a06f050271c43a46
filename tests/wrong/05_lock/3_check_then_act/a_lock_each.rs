//! verdict: wrong_order, cause: two_locks
//!
//! Every customer makes a lock, which keeps nobody else out.

use mp::Lock;

fn buy(list: &str, _lock: &Lock) -> Option<u32> {
    decide();
    let lock = Lock::new();
    let _held = lock.lock();
    let bun = left(list);
    if bun == 0 {
        return None;
    }
    note(list, bun - 1);
    Some(bun)
}
