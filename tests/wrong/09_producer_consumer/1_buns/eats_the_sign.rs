//! verdict: wrong_output
//!
//! 0 is the sign, and the eater looks at it only after having eaten it.

use mp::Queue;

type OnShelf = u32;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put(bun);
    }
    shelf.put(0);
}

fn eater(shelf: &Queue<OnShelf>) {
    loop {
        let bun = shelf.get();
        eat(bun);
        if bun == 0 {
            break;
        }
    }
}
