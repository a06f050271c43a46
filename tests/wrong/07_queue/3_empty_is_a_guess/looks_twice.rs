//! verdict: deadlock, cause: check_then_act
//!
//! Looks a second time to be sure. The second look is as soon out of date as the first.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let mut bag = Vec::new();
    while bag.len() < wish {
        if shelf.is_empty() || shelf.len() == 0 {
            break;
        }
        bag.push(shelf.get());
    }
    bag
}
