//! verdict: requirement
//!
//! Holds the lock from the first step to the last: one bakes, and the others wait.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    let _held = lock.lock();
    let mut now = board.get()?;
    if !now.waiting.is_empty() {
        let order = now.waiting.remove(0);
        now.done.push(bake(order));
        board.set(now)?;
    }
    Ok(())
}
