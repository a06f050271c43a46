//! verdict: wrong_order, cause: lost_update
//!
//! `let _ =` keeps nothing: each guard is dropped in the line in which it is made.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    let _ = lock.lock();
    let mut now = board.get()?;
    if now.waiting.is_empty() {
        return Ok(());
    }
    let order = now.waiting.remove(0);
    board.set(now)?;
    let tray = bake(order);
    let _ = lock.lock();
    let mut now = board.get()?;
    now.done.push(tray);
    board.set(now)
}
