//! verdict: passed
//!
//! `acquire` and `release` around it all, with one way out.

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    decide();
    lock.acquire();
    let bun = left(list);
    if bun > 0 {
        note(list, bun - 1);
    }
    lock.release();
    (bun > 0).then_some(bun)
}
