//! verdict: wrong_output
//!
//! Prints what is expected, and neither bakes nor eats anything.

use mp::Queue;

type OnShelf = u32;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    shelf.put(buns);
    for bun in 1..=buns {
        println!("bun {bun} is baked");
    }
}

fn eater(shelf: &Queue<OnShelf>) {
    for bun in 1..=shelf.get() {
        println!("bun {bun} is eaten");
    }
}
