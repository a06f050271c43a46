//! verdict: wrong_output
//!
//! Goes home when the shelf is empty, as it is before the first bun.

use mp::Queue;

type OnShelf = u32;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put(bun);
    }
}

fn eater(shelf: &Queue<OnShelf>) {
    while !shelf.is_empty() {
        eat(shelf.get());
    }
}
