//! verdict: wrong_output
//!
//! Looks after each tray whether it was the last. On a day without any tray, one is baked.

use std::io;

use mp::{Condition, Process, Value};

fn open_shop(trays: u32) -> io::Result<()> {
    let changed = Condition::named("turn");
    let turn = Value::named("whose turn", 0_u32);
    let take_turns = |me, work: fn(u32)| {
        let mut tray = 1;
        loop {
            let mut held = changed.lock();
            held.wait_for(|| turn.get() == me);
            work(tray);
            turn.set(1 - me);
            held.notify_one();
            if tray >= trays {
                break;
            }
            tray += 1;
        }
    };
    let baker = Process::new(|| take_turns(0, bake)).start()?;
    let seller = Process::new(|| take_turns(1, sell)).start()?;
    baker.join();
    seller.join();
    Ok(())
}
