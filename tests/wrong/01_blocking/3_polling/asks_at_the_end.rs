//! verdict: requirement
//!
//! When there is nothing useful left to do it does not wait: it asks every few milliseconds.

use std::thread;
use std::time::Duration;

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    let mut hungry = true;
    for piece in 1..=pieces {
        knead(piece);
        if hungry && let Ok(bun) = counter.get_nowait() {
            eat(&bun);
            hungry = false;
        }
    }
    while hungry {
        match counter.get_nowait() {
            Ok(bun) => {
                eat(&bun);
                hungry = false;
            }
            Err(mp::Empty) => thread::sleep(Duration::from_millis(5)),
        }
    }
}
