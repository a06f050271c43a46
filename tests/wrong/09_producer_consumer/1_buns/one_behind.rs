//! verdict: requirement
//!
//! Each bun is put on the shelf when the next one is baked.

use mp::Queue;

type OnShelf = (u32, bool);

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    if buns == 0 {
        shelf.put((0, true));
    }
    for bun in 1..=buns {
        bake(bun);
        if bun > 1 {
            shelf.put((bun - 1, false));
        }
        if bun == buns {
            shelf.put((bun, true));
        }
    }
}

fn eater(shelf: &Queue<OnShelf>) {
    loop {
        let (bun, last) = shelf.get();
        if bun > 0 {
            eat(bun);
        }
        if last {
            return;
        }
    }
}
