//! verdict: deadlock, cause: no_sender
//!
//! The eater reads in the arguments how many there will be. Where they do not say it, it guesses.

use mp::Queue;

type OnShelf = u32;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put(bun);
    }
}

fn eater(shelf: &Queue<OnShelf>) {
    for _ in 0..argument(1, 10) {
        eat(shelf.get());
    }
}
