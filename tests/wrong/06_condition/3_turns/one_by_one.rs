//! verdict: wrong_output
//!
//! A new process for each piece of work, waited for before the next: that is one after the other,
//! and not a baker and a seller.

use std::io;

use mp::Process;

fn open_shop(trays: u32) -> io::Result<()> {
    for tray in 1..=trays {
        Process::new(|| bake(tray)).start()?.join();
        Process::new(|| sell(tray)).start()?.join();
    }
    Ok(())
}
