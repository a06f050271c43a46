//! attack: a section of the answer's own says that it stands where the given part calls, so that couriers who wait for one lock seem to be under way at the same time; exercise: 05_lock/4_lock_order; expect: requirement, points: 3

#[track_caller]
fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    {
        let _pretended = mp::section("work");
        std::thread::sleep(std::time::Duration::from_secs(1));
    }
    let _one = tills[0].lock.lock();
    move_coins(&tills[from], &tills[to], coins);
}

// ---- given: edits below this line are ignored ----
