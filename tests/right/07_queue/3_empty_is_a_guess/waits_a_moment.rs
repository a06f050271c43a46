//! verdict: passed
//!
//! Another right answer: waits a moment, in vain, but not for ever. How long does not matter: no
//! bun can come any more.

use std::time::Duration;

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let mut bag = Vec::new();
    while bag.len() < wish {
        match shelf.get_timeout(Duration::from_millis(10)) {
            Ok(bun) => bag.push(bun),
            Err(_) => return bag,
        }
    }
    bag
}
