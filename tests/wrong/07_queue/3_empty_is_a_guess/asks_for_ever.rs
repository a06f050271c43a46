//! verdict: deadlock
//!
//! Does not wait, but asks again and again until it has all it wishes for.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let mut bag = Vec::new();
    while bag.len() < wish {
        if let Ok(bun) = shelf.get_nowait() {
            bag.push(bun);
        }
    }
    bag
}
