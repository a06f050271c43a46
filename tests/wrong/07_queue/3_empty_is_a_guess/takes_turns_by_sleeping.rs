//! verdict: deadlock, cause: check_then_act
//!
//! Each customer comes at another second, so that nobody takes anything between look and `get`.

use std::process::id;
use std::thread::sleep;
use std::time::Duration;

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    sleep(Duration::from_secs(u64::from(id() % 10)));
    let mut bag = Vec::new();
    while bag.len() < wish && !shelf.is_empty() {
        bag.push(shelf.get());
    }
    bag
}
