//! verdict: deadlock, cause: no_sender
//!
//! Each bun comes with a note whether it is the last. On a day without buns there is no last one, and
//! nobody tells the eater.

use mp::Queue;

type OnShelf = (u32, bool);

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put((bun, bun == buns));
    }
}

fn eater(shelf: &Queue<OnShelf>) {
    let mut is_last = false;
    while !is_last {
        let bun;
        (bun, is_last) = shelf.get();
        eat(bun);
    }
}
