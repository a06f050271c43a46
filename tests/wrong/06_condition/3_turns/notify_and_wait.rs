//! verdict: deadlock, cause: lost_wakeup
//!
//! Notifies the other and waits, without a state: at the end, or when the other is not there yet,
//! there is nobody who hears it.

use std::io;

use mp::{Condition, Process};

fn open_shop(trays: u32) -> io::Result<()> {
    let changed = Condition::named("turn");
    let baker = Process::new(|| {
        let mut held = changed.lock();
        for tray in 1..=trays {
            bake(tray);
            held.notify_one();
            held.wait();
        }
    });
    let seller = Process::new(|| {
        let mut held = changed.lock();
        for tray in 1..=trays {
            held.wait();
            sell(tray);
            held.notify_one();
        }
    });
    let (baker, seller) = (baker.start()?, seller.start()?);
    baker.join();
    seller.join();
    Ok(())
}
