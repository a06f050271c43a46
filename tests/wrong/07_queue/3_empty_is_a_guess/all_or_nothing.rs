//! verdict: wrong_output
//!
//! Goes home with nothing where there are fewer buns than it wishes for.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let mut bag = Vec::new();
    if shelf.len() < wish {
        return bag;
    }
    while let (true, Ok(bun)) = (bag.len() < wish, shelf.get_nowait()) {
        bag.push(bun);
    }
    bag
}
