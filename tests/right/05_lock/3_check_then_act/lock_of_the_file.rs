//! verdict: passed
//!
//! The lock of a file beside the list, instead of the one that is given.

use std::fs::File;

use mp::Lock;

fn buy(list: &str, _lock: &Lock) -> Option<u32> {
    decide();
    let door = File::create(format!("{list}.lock")).ok()?;
    door.lock().ok()?;
    let bun = left(list);
    if bun == 0 {
        return None;
    }
    note(list, bun - 1);
    Some(bun)
}
