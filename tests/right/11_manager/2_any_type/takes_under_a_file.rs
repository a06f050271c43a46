//! verdict: passed
//!
//! A file lock to take an order, and the given lock to add the tray, would be two locks for one
//! board; here the same file is locked for both.

use std::fs::File;
use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, _lock: &Lock) -> io::Result<()> {
    let door = File::create("door")?;
    door.lock()?;
    let mut now = board.get()?;
    let order = match now.waiting.is_empty() {
        true => return Ok(()),
        false => now.waiting.remove(0),
    };
    board.set(now)?;
    door.unlock()?;
    let tray = bake(order);
    door.lock()?;
    now = board.get()?;
    now.done.insert(0, tray);
    board.set(now)
}
