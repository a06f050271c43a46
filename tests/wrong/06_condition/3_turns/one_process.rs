//! verdict: wrong_output
//!
//! One process does both kinds of work.

use std::io;

use mp::Process;

fn open_shop(trays: u32) -> io::Result<()> {
    let both = Process::new(|| {
        for tray in 1..=trays {
            bake(tray);
            sell(tray);
        }
    });
    both.start()?.join();
    Ok(())
}
