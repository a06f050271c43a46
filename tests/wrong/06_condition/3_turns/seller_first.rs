//! verdict: deadlock, cause: lost_wakeup
//!
//! Starts the seller first and sleeps a little, so that it is waiting when the baker notifies.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::{Condition, Process};

fn open_shop(trays: u32) -> io::Result<()> {
    let changed = Condition::named("turn");
    let seller = Process::new(|| {
        let mut held = changed.lock();
        for tray in 1..=trays {
            held.wait();
            sell(tray);
            held.notify_one();
        }
    });
    let seller = seller.start()?;
    sleep(Duration::from_secs(4));
    let baker = Process::new(|| {
        let mut held = changed.lock();
        for tray in 1..=trays {
            bake(tray);
            held.notify_one();
            held.wait();
        }
    });
    baker.start()?.join();
    seller.join();
    Ok(())
}
