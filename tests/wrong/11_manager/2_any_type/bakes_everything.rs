//! verdict: wrong_output
//!
//! Takes one order after the other, until none is waiting.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    loop {
        let held = lock.lock();
        let mut now = board.get()?;
        if now.waiting.is_empty() {
            return Ok(());
        }
        let order = now.waiting.remove(0);
        board.set(now)?;
        drop(held);
        let tray = bake(order);
        let _held = lock.lock();
        let mut now = board.get()?;
        now.done.push(tray);
        board.set(now)?;
    }
}
