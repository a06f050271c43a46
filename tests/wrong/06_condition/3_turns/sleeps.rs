//! verdict: wrong_order, cause: sleep_as_sync
//!
//! Each sleeps for as long as the other may need.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::Process;

fn open_shop(trays: u32) -> io::Result<()> {
    let opened = std::time::Instant::now();
    let at = |tenths: u32| {
        let time = Duration::from_millis(100) * tenths;
        sleep(time.saturating_sub(opened.elapsed()));
    };
    let baker = Process::new(|| {
        for tray in 1..=trays {
            at(2 * tray);
            bake(tray);
        }
    });
    let seller = Process::new(|| {
        for tray in 1..=trays {
            at(2 * tray + 1);
            sell(tray);
        }
    });
    let (baker, seller) = (baker.start()?, seller.start()?);
    baker.join();
    seller.join();
    Ok(())
}
