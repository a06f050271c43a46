//! verdict: passed
//!
//! Another right answer: asks as often as it wishes for a bun, in vain or not.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let mut bag = Vec::new();
    for _ in 0..wish {
        bag.extend(shelf.get_nowait());
    }
    bag
}
