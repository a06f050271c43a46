//! verdict: deadlock, cause: no_sender
//!
//! Stays until it has all it wishes for.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    (0..wish).map(|_| shelf.get()).collect()
}
