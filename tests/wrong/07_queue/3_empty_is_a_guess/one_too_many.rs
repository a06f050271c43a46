//! verdict: wrong_output
//!
//! Takes a bun first and looks then whether it has enough, so one more is gone from the shelf.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let mut bag = Vec::new();
    while let Ok(bun) = shelf.get_nowait() {
        if bag.len() == wish {
            break;
        }
        bag.push(bun);
    }
    bag
}
