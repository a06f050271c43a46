//! verdict: wrong_output
//!
//! Each bun is on the shelf before it is in the oven.

use mp::Queue;

type OnShelf = Option<u32>;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        shelf.put(Some(bun));
        bake(bun);
    }
    shelf.put(None);
}

fn eater(shelf: &Queue<OnShelf>) {
    while let Some(bun) = shelf.get() {
        eat(bun);
    }
}
