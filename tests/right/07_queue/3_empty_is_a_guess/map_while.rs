//! verdict: passed
//!
//! Another right answer: an iterator that ends with the wish, or at the first `Err`.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    (0..wish).map_while(|_| shelf.get_nowait().ok()).collect()
}
