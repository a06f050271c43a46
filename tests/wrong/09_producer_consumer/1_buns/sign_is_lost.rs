//! verdict: deadlock, cause: no_sender
//!
//! The sign is put up only if there is room for it at that moment.

use mp::Queue;

type OnShelf = Option<u32>;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put(Some(bun));
    }
    let _ = shelf.put_nowait(None);
}

fn eater(shelf: &Queue<OnShelf>) {
    while let Some(bun) = shelf.get() {
        eat(bun);
    }
}
