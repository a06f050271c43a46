//! verdict: wrong_order
//!
//! A lock keeps them from working at the same time, and does not say who is next.

use std::io;

use mp::{Lock, Process};

fn open_shop(trays: u32) -> io::Result<()> {
    let shop = Lock::named("shop");
    let baker = Process::new(|| {
        for tray in 1..=trays {
            shop.acquire();
            bake(tray);
            shop.release();
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    });
    let seller = Process::new(|| {
        for tray in 1..=trays {
            std::thread::sleep(std::time::Duration::from_millis(1));
            shop.acquire();
            sell(tray);
            shop.release();
        }
    });
    let (baker, seller) = (baker.start()?, seller.start()?);
    baker.join();
    seller.join();
    Ok(())
}
