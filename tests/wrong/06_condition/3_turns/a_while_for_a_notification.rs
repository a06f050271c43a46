//! verdict: requirement
//!
//! Nobody notifies: the limit of a wait runs out, and then it may be one's turn.

use std::io;
use std::time::Duration;

use mp::{Condition, Process, Value};

fn open_shop(trays: u32) -> io::Result<()> {
    let changed = Condition::named("turn");
    let turn = Value::new(0_u32);
    let take_turns = |me, work: fn(u32)| {
        for tray in 1..=trays {
            let mut held = changed.lock();
            while turn.get() != me {
                held.wait_timeout(Duration::from_millis(5));
            }
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
