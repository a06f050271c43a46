//! verdict: wrong_output
//!
//! Keeps the copy while it bakes, and puts it back over all that others have changed meanwhile.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    let held = lock.lock();
    let mut now = board.get()?;
    if now.waiting.is_empty() {
        return Ok(());
    }
    let order = now.waiting.remove(0);
    board.set(now.clone())?;
    drop(held);
    now.done.push(bake(order));
    let _held = lock.lock();
    board.set(now)
}
