//! verdict: deadlock, cause: no_sender
//!
//! Ten buns, says the title. On other days there are fewer.

use mp::Queue;

type OnShelf = u32;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put(bun);
    }
}

fn eater(shelf: &Queue<OnShelf>) {
    for _ in 0..10 {
        let bun = shelf.get();
        eat(bun);
    }
}
