//! verdict: wrong_order, cause: unjoined
//!
//! The process that was started last need not be the last one to end.

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
    let mut last = None;
    for baker in bakers {
        last = Some(Process::of(baker.clone()).start()?);
    }
    if let Some(process) = last {
        process.join();
    }
    Ok(())
}
