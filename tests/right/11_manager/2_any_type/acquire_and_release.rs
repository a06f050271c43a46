//! verdict: passed
//!
//! Acquired and released by hand; what could fail is asked for after the release.

use std::io;

use mp::{Lock, Shared};

fn baker(board: &Shared<Board>, lock: &Lock) -> io::Result<()> {
    lock.acquire();
    let taken = take(board);
    lock.release();
    if let Some(order) = taken? {
        let tray = bake(order);
        lock.acquire();
        let added = add(board, tray);
        lock.release();
        added?;
    }
    Ok(())
}

fn take(board: &Shared<Board>) -> io::Result<Option<Order>> {
    let Board { mut waiting, done } = board.get()?;
    if waiting.is_empty() {
        return Ok(None);
    }
    let rest = waiting.split_off(1);
    board.set(Board {
        waiting: rest,
        done,
    })?;
    Ok(waiting.pop())
}

fn add(board: &Shared<Board>, tray: Tray) -> io::Result<()> {
    let Board { waiting, mut done } = board.get()?;
    done.push(tray);
    board.set(Board { waiting, done })
}
