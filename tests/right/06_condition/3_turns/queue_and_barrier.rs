//! verdict: passed
//!
//! The trays go through a queue, and both meet at a barrier when a tray is sold.

use std::io;

use mp::{Barrier, Process, Queue};

fn open_shop(trays: u32) -> io::Result<()> {
    let shelf = Queue::new(1);
    let sold = Barrier::new(2);
    let baker = Process::new(|| {
        for tray in 1..=trays {
            bake(tray);
            shelf.put(tray);
            sold.wait().expect("nobody breaks it");
        }
    });
    let seller = Process::new(|| {
        for _ in 1..=trays {
            sell(shelf.get());
            sold.wait().expect("nobody breaks it");
        }
    });
    let (baker, seller) = (baker.start()?, seller.start()?);
    baker.join();
    seller.join();
    Ok(())
}
