//! verdict: wrong_output
//!
//! Takes what there is, wished for or not.

use mp::Queue;

fn buy(_wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let mut bag = Vec::new();
    while let Ok(bun) = shelf.get_nowait() {
        bag.push(bun);
    }
    bag
}
