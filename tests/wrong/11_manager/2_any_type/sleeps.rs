//! verdict: wrong_order, cause: lost_update
//!
//! Each baker waits for a time of its own instead of for the others.

use std::time::Duration;
use std::{io, process, thread};

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, _lock: &Lock) -> io::Result<()> {
    let pause = Duration::from_secs(u64::from(process::id() % 100));
    thread::sleep(pause);
    let mut now = board.get()?;
    if now.waiting.is_empty() {
        return Ok(());
    }
    let order = now.waiting.remove(0);
    board.set(now)?;
    let tray = bake(order);
    thread::sleep(pause);
    let mut now = board.get()?;
    now.done.push(tray);
    board.set(now)
}
