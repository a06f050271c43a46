//! verdict: passed
//!
//! The first thing on the shelf is no bun, but says how many will come.

use mp::Queue;

type OnShelf = u32;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    shelf.put(buns);
    for bun in 1..=buns {
        bake(bun);
        shelf.put(bun);
    }
}

fn eater(shelf: &Queue<OnShelf>) {
    for _ in 0..shelf.get() {
        eat(shelf.get());
    }
}
