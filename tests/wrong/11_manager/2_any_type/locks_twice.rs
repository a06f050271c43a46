//! verdict: deadlock, cause: self_deadlock
//!
//! The first guard lives until the end of the function, and the second one waits for it.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    let _held = lock.lock();
    let mut now = board.get()?;
    if now.waiting.is_empty() {
        return Ok(());
    }
    let order = now.waiting.remove(0);
    board.set(now)?;
    let tray = bake(order);
    let _again = lock.lock();
    let mut now = board.get()?;
    now.done.push(tray);
    board.set(now)
}
