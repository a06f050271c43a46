//! verdict: panic, cause: check_then_act
//!
//! There were so many a moment ago, so there cannot be none now.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let mut bag = Vec::new();
    for _ in 0..wish.min(shelf.len()) {
        bag.push(shelf.get_nowait().unwrap());
    }
    bag
}
