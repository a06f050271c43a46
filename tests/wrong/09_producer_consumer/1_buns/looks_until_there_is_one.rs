//! verdict: requirement
//!
//! Busy waiting in front of the shelf, although `get` would wait by itself.

use mp::Queue;

type OnShelf = Option<u32>;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put(Some(bun));
    }
    shelf.put(None);
}

fn eater(shelf: &Queue<OnShelf>) {
    loop {
        while shelf.is_empty() {}
        let Some(bun) = shelf.get() else { return };
        eat(bun);
    }
}
