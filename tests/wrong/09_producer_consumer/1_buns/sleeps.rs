//! verdict: deadlock, cause: nobody_left
//!
//! Sleeps for a second before each look at the shelf, and takes no bun then for no more buns: they
//! come, pile up, and the baker waits for room.

use std::thread::sleep;
use std::time::Duration;

use mp::Queue;

type OnShelf = u32;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put(bun);
    }
}

fn eater(shelf: &Queue<OnShelf>) {
    sleep(Duration::from_secs(1));
    while let Ok(bun) = shelf.get_nowait() {
        eat(bun);
        sleep(Duration::from_secs(1));
    }
}
