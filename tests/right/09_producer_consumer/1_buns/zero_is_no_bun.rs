//! verdict: passed
//!
//! The type stays as it is: no bun has the number 0, so it can be the sign.

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
    let until_the_sign = std::iter::repeat_with(|| shelf.get()).take_while(|&bun| bun != 0);
    until_the_sign.for_each(eat);
}
