//! verdict: wrong_output, cause: unjoined
//!
//! Nobody waits: the shop counts the trays before the first process has begun.

use std::io;

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
    Ok(())
}
