//! verdict: requirement
//!
//! There is a sign, but the eater asks for it again and again, with a nap in between.

use std::thread::sleep;
use std::time::Duration;

use mp::Queue;

type OnShelf = Option<u32>;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put(Some(bun));
    }
    shelf.put(None);
}

fn eater(shelf: &Queue<OnShelf>) {
    loop {
        match shelf.get_nowait() {
            Ok(Some(bun)) => eat(bun),
            Ok(None) => break,
            Err(_) => sleep(Duration::from_millis(50)),
        }
    }
}
