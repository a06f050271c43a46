//! verdict: wrong_output
//!
//! Fills a tray, and asks only then whether the shift is over: one also in a shift without trays.

use std::io;

use mp::{Process, Run};

impl Run for Baker<'_> {
    fn run(&mut self) {
        let mut trays = 0;
        loop {
            self.fill_tray();
            trays += 1;
            if trays >= self.shift {
                break;
            }
        }
    }
}

fn demonstrate(baker: &mut Baker) {
    baker.run();
}

fn open_bakery(bakers: &[Baker]) -> io::Result<()> {
    let mut started = Vec::new();
    for baker in bakers {
        started.push(Process::of(baker.clone()).start()?);
    }
    started.iter().for_each(|process| drop(process.join()));
    Ok(())
}
