//! verdict: wrong_output
//!
//! Waits for the first bun, and then believes that an empty shelf means the end.

use mp::Queue;

type OnShelf = u32;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put(bun);
    }
}

fn eater(shelf: &Queue<OnShelf>) {
    eat(shelf.get());
    while let Ok(bun) = shelf.get_nowait() {
        eat(bun);
    }
}
