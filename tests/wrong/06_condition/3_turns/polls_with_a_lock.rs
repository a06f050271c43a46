//! verdict: requirement
//!
//! There is a state and a lock, and each looks again and again whether it is its turn.

use std::io;

use mp::{Lock, Process, Value};

fn open_shop(trays: u32) -> io::Result<()> {
    let (lock, turn) = (Lock::new(), Value::new(0_u32));
    let take_turns = |me, work: fn(u32)| {
        let mut tray = 1;
        while tray <= trays {
            let _held = lock.lock();
            if turn.get() == me {
                work(tray);
                turn.set(1 - me);
                tray += 1;
            }
        }
    };
    let baker = Process::new(|| take_turns(0, bake)).start()?;
    let seller = Process::new(|| take_turns(1, sell)).start()?;
    baker.join();
    seller.join();
    Ok(())
}
