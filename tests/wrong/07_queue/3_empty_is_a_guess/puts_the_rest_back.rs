//! verdict: wrong_order, cause: not_atomic
//!
//! Takes all buns, keeps what it wishes for, and puts the rest back. Meanwhile others find the
//! shelf empty.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let mut bag = Vec::new();
    while let Ok(bun) = shelf.get_nowait() {
        bag.push(bun);
    }
    let rest = bag.split_off(wish.min(bag.len()));
    rest.into_iter().for_each(|bun| shelf.put(bun));
    bag
}
