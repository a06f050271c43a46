//! verdict: wrong_output
//!
//! Counts after each bun. Who wishes for none takes one, and then all.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let mut bag = Vec::new();
    while let Ok(bun) = shelf.get_nowait() {
        bag.push(bun);
        if bag.len() == wish {
            break;
        }
    }
    bag
}
