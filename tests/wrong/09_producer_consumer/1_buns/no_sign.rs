//! verdict: deadlock, cause: no_sender
//!
//! Nobody tells the eater that it is over: it waits for one bun more.

use mp::Queue;

type OnShelf = u32;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put(bun);
    }
}

fn eater(shelf: &Queue<OnShelf>) {
    loop {
        eat(shelf.get());
    }
}
