//! verdict: wrong_output
//!
//! Goes home without any where there are fewer than wished for.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    if shelf.len() < wish {
        return Vec::new();
    }
    (0..wish).map_while(|_| shelf.get_nowait().ok()).collect()
}
