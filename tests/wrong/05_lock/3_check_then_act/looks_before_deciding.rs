//! verdict: wrong_output, cause: check_then_act
//!
//! Looks at the list before the customer decides, and believes it afterwards.

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    let bun = left(list);
    decide();
    if bun == 0 {
        return None;
    }
    let _held = lock.lock();
    note(list, bun - 1);
    Some(bun)
}
