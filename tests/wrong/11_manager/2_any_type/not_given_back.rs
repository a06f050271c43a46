//! verdict: deadlock, cause: never_released
//!
//! A baker who finds no order goes home with the lock.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    lock.acquire();
    let mut now = board.get()?;
    if now.waiting.is_empty() {
        return Ok(());
    }
    let order = now.waiting.remove(0);
    board.set(now)?;
    lock.release();
    let tray = bake(order);
    lock.acquire();
    let mut now = board.get()?;
    now.done.push(tray);
    board.set(now)?;
    lock.release();
    Ok(())
}
