//! verdict: wrong_output
//!
//! Both changes are made in copies that nobody else ever sees: every baker bakes the first order,
//! and no tray is ever done.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    let held = lock.lock();
    if board.get()?.waiting.is_empty() {
        return Ok(());
    }
    let order = board.get()?.waiting.remove(0);
    drop(held);
    let tray = bake(order);
    let _held = lock.lock();
    board.get()?.done.push(tray);
    Ok(())
}
