//! verdict: wrong_order, cause: lost_update
//!
//! Holds the lock to put the board back, and not from the moment it gets its copy.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    let mut now = board.get()?;
    if now.waiting.is_empty() {
        return Ok(());
    }
    let order = now.waiting.remove(0);
    lock.acquire();
    board.set(now)?;
    lock.release();
    let tray = bake(order);
    let mut now = board.get()?;
    now.done.push(tray);
    lock.acquire();
    board.set(now)?;
    lock.release();
    Ok(())
}
