//! verdict: wrong_order, cause: sleep_as_sync
//!
//! The shop sleeps for a minute instead of waiting for the ends of the processes.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::{Process, Run};

impl Run for Baker<'_> {
    fn run(&mut self) {
        for _ in 0..self.shift {
            self.fill_tray();
        }
    }
}

fn demonstrate(baker: &mut Baker) {
    baker.run();
}

fn open_bakery(bakers: &[Baker]) -> io::Result<()> {
    for baker in bakers {
        Process::of(baker.clone()).start()?;
    }
    sleep(Duration::from_secs(60));
    Ok(())
}
