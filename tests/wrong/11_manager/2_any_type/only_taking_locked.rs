//! verdict: wrong_order
//!
//! An order is taken under the lock, and the tray is added without it.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    let held = lock.lock();
    let mut now = board.get()?;
    if now.waiting.is_empty() {
        return Ok(());
    }
    let order = now.waiting.remove(0);
    board.set(now)?;
    drop(held);
    let tray = bake(order);
    let mut now = board.get()?;
    now.done.push(tray);
    board.set(now)
}
