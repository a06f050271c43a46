//! verdict: wrong_output
//!
//! The work is done by the call before the start; what the process then gets is nothing to do.

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
    let mut started = Vec::new();
    for baker in bakers {
        let work = baker.clone().run();
        started.push(Process::new(move || work).start()?);
    }
    for process in &started {
        process.join();
    }
    Ok(())
}
