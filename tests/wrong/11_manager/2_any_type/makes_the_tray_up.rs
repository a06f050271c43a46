//! verdict: build_error
//!
//! A tray is on the board before anything is baked. What `bake` returns is thrown away.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    let order = {
        let _held = lock.lock();
        let mut copy = board.get()?;
        if copy.waiting.is_empty() {
            return Ok(());
        }
        let order = copy.waiting.remove(0);
        copy.done.push(Tray { customer: order.customer.clone(), buns: vec!["sesame".into(); order.buns] });
        board.set(copy)?;
        order
    };
    bake(order);
    Ok(())
}
