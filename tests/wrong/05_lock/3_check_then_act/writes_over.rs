//! verdict: wrong_output
//!
//! Writes the new number over the old one by itself, and not all of the old one: of 10, it leaves the 0.

use std::fs::OpenOptions;
use std::io::Write;

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    decide();
    let _held = lock.lock();
    let bun = left(list);
    if bun == 0 {
        return None;
    }
    let mut file = OpenOptions::new().write(true).open(list).ok()?;
    write!(file, "{}", bun - 1).ok()?;
    Some(bun)
}
