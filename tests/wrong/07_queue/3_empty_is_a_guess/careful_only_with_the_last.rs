//! verdict: deadlock, cause: no_sender
//!
//! Where there seem to be enough, it takes them without asking.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let mut bag = Vec::new();
    if shelf.len() >= wish {
        for _ in 0..wish {
            bag.push(shelf.get());
        }
    } else {
        while let Ok(bun) = shelf.get_nowait() {
            bag.push(bun);
        }
        bag.truncate(wish);
    }
    bag
}
