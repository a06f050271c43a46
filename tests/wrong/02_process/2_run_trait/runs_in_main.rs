//! verdict: wrong_output
//!
//! `run` where `start` belongs: main fills all trays itself, and there is no other process.

use std::io;

use mp::Run;

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
        baker.clone().run();
    }
    Ok(())
}
