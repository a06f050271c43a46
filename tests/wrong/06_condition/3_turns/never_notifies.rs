//! verdict: deadlock, cause: nobody_left
//!
//! Hands over the turn and tells nobody.

use std::io;

use mp::{Condition, Process, Value};

fn open_shop(trays: u32) -> io::Result<()> {
    let changed = Condition::named("turn");
    let turn = Value::new(0_u32);
    let take_turns = |me, work: fn(u32)| {
        for tray in 1..=trays {
            let mut held = changed.lock();
            held.wait_for(|| turn.get() == me);
            work(tray);
            turn.set(1 - me);
        }
    };
    let baker = Process::new(|| take_turns(0, bake)).start()?;
    let seller = Process::new(|| take_turns(1, sell)).start()?;
    baker.join();
    seller.join();
    Ok(())
}
