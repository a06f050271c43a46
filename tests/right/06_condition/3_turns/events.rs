//! verdict: passed
//!
//! Two events that are cleared by the one who has waited for them.

use std::io;

use mp::{Event, Process};

fn open_shop(trays: u32) -> io::Result<()> {
    let (baked, sold) = (Event::named("baked"), Event::named("sold"));
    let baker = Process::new(|| {
        for tray in 1..=trays {
            bake(tray);
            baked.set();
            sold.wait();
            sold.clear();
        }
    });
    let seller = Process::new(|| {
        for tray in 1..=trays {
            baked.wait();
            baked.clear();
            sell(tray);
            sold.set();
        }
    });
    let (baker, seller) = (baker.start()?, seller.start()?);
    baker.join();
    seller.join();
    Ok(())
}
