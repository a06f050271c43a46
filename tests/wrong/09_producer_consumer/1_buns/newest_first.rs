//! verdict: wrong_output
//!
//! Takes what is there, and eats the newest bun first.

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
    let mut bag = Vec::new();
    while let Some(bun) = shelf.get() {
        bag.push(bun);
        if bag.len() == 2 {
            bag.drain(..).rev().for_each(eat);
        }
    }
    bag.into_iter().for_each(eat);
}
