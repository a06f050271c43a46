//! verdict: deadlock, cause: no_sender
//!
//! Counts what is there, and takes so many; but the others take some of them.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let there = shelf.len();
    (0..wish.min(there)).map(|_| shelf.get()).collect()
}
