//! verdict: wrong_output
//!
//! Takes the order off the board by the customer's name: with it go all orders of that customer.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    let held = lock.lock();
    let mut copy = board.get()?;
    let Some(order) = copy.waiting.first().cloned() else {
        return Ok(());
    };
    copy.waiting
        .retain(|other| other.customer != order.customer);
    board.set(copy)?;
    drop(held);
    let tray = bake(order);
    let _held = lock.lock();
    let mut copy = board.get()?;
    copy.done.push(tray);
    board.set(copy)
}
