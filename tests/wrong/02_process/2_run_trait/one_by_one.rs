//! verdict: requirement
//!
//! Each process is waited for before the next is started: the bakers are never at work together.

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
        Process::of(baker.clone()).start()?.join();
    }
    Ok(())
}
