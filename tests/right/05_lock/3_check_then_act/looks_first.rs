//! verdict: passed
//!
//! Looks also before, to go away at once when all is sold, and again while holding the lock.

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    decide();
    {
        let _held = lock.lock();
        if left(list) == 0 {
            return None;
        }
    }
    let _held = lock.lock();
    let bun = Some(left(list)).filter(|&bun| bun > 0)?;
    note(list, bun - 1);
    Some(bun)
}
