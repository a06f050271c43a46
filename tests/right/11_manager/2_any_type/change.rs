//! verdict: passed
//!
//! The three steps under the lock are a function of its own, to which the change is given.

use std::io;

use mp::{Lock, Shared};

fn change<T>(
    board: &Shared<Board>,
    lock: &Lock,
    change: impl FnOnce(&mut Board) -> T,
) -> io::Result<T> {
    let _held = lock.lock();
    let mut copy = board.get()?;
    let result = change(&mut copy);
    board.set(copy)?;
    Ok(result)
}

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    let take = |board: &mut Board| (!board.waiting.is_empty()).then(|| board.waiting.remove(0));
    match change(board, lock, take)? {
        None => Ok(()),
        Some(order) => {
            let tray = bake(order);
            change(board, lock, |board| board.done.push(tray))
        }
    }
}
