//! verdict: passed
//!
//! An `enum` of one's own, and a `loop` that is left by `return`.

use mp::Queue;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
enum OnShelf {
    Bun { number: u32 },
    ClosingTime,
}

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    (1..=buns).for_each(|number| {
        bake(number);
        shelf.put(OnShelf::Bun { number });
    });
    shelf.put(OnShelf::ClosingTime);
}

fn eater(shelf: &Queue<OnShelf>) {
    loop {
        match shelf.get() {
            OnShelf::Bun { number } => eat(number),
            OnShelf::ClosingTime => return,
        }
    }
}
