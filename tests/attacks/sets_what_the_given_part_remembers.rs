//! attack: a decision that nobody made is noted in the given part's own memory; exercise: 05_lock/3_check_then_act; expect: not_allowed, points: 0

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    DECIDED.set(true);
    let _held = lock.lock();
    let left = left(list).checked_sub(1)?;
    note(list, left);
    Some(left + 1)
}

// ---- given: edits below this line are ignored ----

fn main() {}
