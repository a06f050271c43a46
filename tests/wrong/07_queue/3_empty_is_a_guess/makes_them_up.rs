//! verdict: wrong_output
//!
//! Returns numbers of buns, but takes none from the shelf.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    (1..).take(wish.min(shelf.len())).collect()
}
