//! verdict: wrong_output
//!
//! `pop` takes from the end, which is the youngest order.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    let held = lock.lock();
    let mut now = board.get()?;
    let Some(order) = now.waiting.pop() else {
        return Ok(());
    };
    board.set(now)?;
    drop(held);
    let tray = bake(order);
    let _held = lock.lock();
    let mut now = board.get()?;
    now.done.push(tray);
    board.set(now)
}
