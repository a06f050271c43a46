//! verdict: wrong_output
//!
//! Waits for its turn, hands it over, and works then.

use std::io;

use mp::{Condition, Process, Value};

fn open_shop(trays: u32) -> io::Result<()> {
    let changed = Condition::named("turn");
    let turn = Value::new(0_u32);
    let take_turns = |me, work: fn(u32)| {
        for tray in 1..=trays {
            let mut held = changed.lock();
            held.wait_for(|| turn.get() == me);
            turn.set(1 - me);
            held.notify_one();
            drop(held);
            work(tray);
        }
    };
    let baker = Process::new(|| take_turns(0, bake)).start()?;
    let seller = Process::new(|| take_turns(1, sell)).start()?;
    baker.join();
    seller.join();
    Ok(())
}
