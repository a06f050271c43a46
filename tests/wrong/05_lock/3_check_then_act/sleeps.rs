//! verdict: wrong_order, cause: lost_update
//!
//! Waits some time that is different for each customer, instead of for the others.

use std::process;
use std::time::Duration;

use mp::Lock;

fn buy(list: &str, _lock: &Lock) -> Option<u32> {
    decide();
    std::thread::sleep(Duration::from_secs(u64::from(process::id() % 100)));
    let bun = left(list);
    if bun == 0 {
        return None;
    }
    note(list, bun - 1);
    Some(bun)
}
