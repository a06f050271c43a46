//! verdict: deadlock, cause: check_then_act
//!
//! Looks before each `get`; but the last bun may be gone between the two.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let mut bag = Vec::new();
    while bag.len() < wish && !shelf.is_empty() {
        bag.push(shelf.get());
    }
    bag
}
