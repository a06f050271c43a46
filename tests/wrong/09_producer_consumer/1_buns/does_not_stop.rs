//! verdict: deadlock, cause: no_sender
//!
//! The eater does not eat the sign, but does not go home either.

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
        if let Some(bun) = shelf.get() {
            eat(bun);
        }
    }
}
