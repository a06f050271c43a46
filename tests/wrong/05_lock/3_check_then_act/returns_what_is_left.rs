//! verdict: wrong_output
//!
//! Returns what is left after the bun instead of the bun's number.

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    decide();
    let _held = lock.lock();
    let after = left(list).checked_sub(1)?;
    note(list, after);
    Some(after)
}
