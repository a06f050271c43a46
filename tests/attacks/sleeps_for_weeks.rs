//! attack: each courier sleeps for some months in the place of a lock; exercise: 05_lock/4_lock_order; expect: wrong_order, points: 1

use std::os::unix::process::parent_id;
use std::process;
use std::thread::sleep;
use std::time::Duration;

const MONTH: Duration = Duration::from_secs(30 * 24 * 3600);

fn transfer(tills: &[Till], from: usize, to: usize, coins: i32) {
    sleep(MONTH * (process::id() - parent_id()));
    move_coins(&tills[from], &tills[to], coins);
}

// ---- given: edits below this line are ignored ----
