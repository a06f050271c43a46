//! verdict: requirement
//!
//! Needs no sign, as all buns come in one message; but nobody eats before the last is baked.

use mp::Queue;

type OnShelf = Vec<u32>;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    let mut bag = Vec::new();
    for bun in 1..=buns {
        bake(bun);
        bag.push(bun);
    }
    shelf.put(bag);
}

fn eater(shelf: &Queue<OnShelf>) {
    for bun in shelf.get() {
        eat(bun);
    }
}
