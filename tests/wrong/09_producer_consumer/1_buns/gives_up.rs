//! verdict: deadlock, cause: nobody_left
//!
//! Five seconds without a bun, so there will be none: but the oven may be slow today, and then the
//! rest of the buns is lost, or does not even fit on the shelf.

use std::time::Duration;

use mp::Queue;

type OnShelf = u32;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put(bun);
    }
}

fn eater(shelf: &Queue<OnShelf>) {
    while let Ok(bun) = shelf.get_timeout(Duration::from_secs(5)) {
        eat(bun);
    }
}
