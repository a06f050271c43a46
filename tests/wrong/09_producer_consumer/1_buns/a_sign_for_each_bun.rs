//! verdict: wrong_output
//!
//! The sign stands inside the loop: the eater goes home after one bun.

use mp::Queue;

type OnShelf = Option<u32>;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put(Some(bun));
        shelf.put(None);
    }
}

fn eater(shelf: &Queue<OnShelf>) {
    while let Some(bun) = shelf.get() {
        eat(bun);
    }
}
