//! verdict: wrong_order, cause: lost_update
//!
//! Gets, changes and puts back without the lock: two bakers take the same order.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, _lock: &Lock) -> io::Result<()> {
    let mut now = board.get()?;
    if now.waiting.is_empty() {
        return Ok(());
    }
    let order = now.waiting.remove(0);
    board.set(now)?;
    let tray = bake(order);
    let mut now = board.get()?;
    now.done.push(tray);
    board.set(now)
}
