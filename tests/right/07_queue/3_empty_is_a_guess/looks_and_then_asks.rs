//! verdict: passed
//!
//! Another right answer: an empty shelf stays empty tonight, so a look may end it; but that there
//! is a bun is left to `get_nowait`.

use mp::{Empty, Queue};

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let mut bag = Vec::new();
    while bag.len() < wish && !shelf.is_empty() {
        match shelf.get_nowait() {
            Ok(bun) => bag.push(bun),
            Err(Empty) => continue,
        }
    }
    bag
}
