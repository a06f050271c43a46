//! verdict: wrong_order
//!
//! Who sees that all is sold goes home without having decided.

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    {
        let _held = lock.lock();
        if left(list) == 0 {
            return None;
        }
    }
    decide();
    let _held = lock.lock();
    let bun = left(list);
    note(list, bun.checked_sub(1)?);
    Some(bun)
}
