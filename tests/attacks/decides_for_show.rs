//! attack: threads decide side by side for show, and the customer once more while holding the lock; exercise: 05_lock/3_check_then_act; expect: requirement, points: 3

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    std::thread::scope(|threads| {
        threads.spawn(decide);
        threads.spawn(decide);
    });
    let _held = lock.lock();
    decide();
    let there = left(list);
    note(list, there.checked_sub(1)?);
    Some(there)
}

// ---- given: edits below this line are ignored ----
