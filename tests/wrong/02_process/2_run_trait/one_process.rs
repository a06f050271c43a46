//! verdict: wrong_output
//!
//! One process works the shifts of all bakers.

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
    let work = || {
        for baker in bakers {
            baker.clone().run();
        }
    };
    Process::new(work).start()?.join();
    Ok(())
}
