//! verdict: wrong_output
//!
//! Takes the order off the board, and adds the tray to a copy.

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
    Ok(())
}
