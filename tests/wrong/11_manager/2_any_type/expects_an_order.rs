//! verdict: panic
//!
//! Does not ask whether an order is waiting: there can be more bakers than orders.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    let held = lock.lock();
    let mut now = board.get()?;
    let order = now.waiting.remove(0);
    board.set(now)?;
    drop(held);
    let tray = bake(order);
    let _held = lock.lock();
    let mut now = board.get()?;
    now.done.push(tray);
    board.set(now)
}
