//! verdict: deadlock, cause: nobody_left
//!
//! The turn is an ordinary variable: each process has a copy of it, and changes its own.

use std::cell::Cell;
use std::io;

use mp::{Condition, Process};

fn open_shop(trays: u32) -> io::Result<()> {
    let changed = Condition::named("turn");
    let turn = Cell::new(0_u32);
    let take_turns = |me, work: fn(u32)| {
        for tray in 1..=trays {
            let mut held = changed.lock();
            held.wait_for(|| turn.get() == me);
            work(tray);
            turn.set(1 - me);
            held.notify_one();
        }
    };
    let baker = Process::new(|| take_turns(0, bake)).start()?;
    let seller = Process::new(|| take_turns(1, sell)).start()?;
    baker.join();
    seller.join();
    Ok(())
}
