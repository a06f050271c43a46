//! verdict: wrong_output
//!
//! Two processes that take turns, and nobody who waits for them.

use std::io;

use mp::{Condition, Process, Value};

fn open_shop(trays: u32) -> io::Result<()> {
    let changed = Condition::named("turn");
    let turn = Value::named("whose turn", 0_u32);
    let take_turns = |me, work: fn(u32)| {
        for tray in 1..=trays {
            let mut held = changed.lock();
            held.wait_for(|| turn.get() == me);
            work(tray);
            turn.set(1 - me);
            held.notify_one();
        }
    };
    Process::new(|| take_turns(0, bake)).start()?;
    Process::new(|| take_turns(1, sell)).start()?;
    Ok(())
}
