//! verdict: wrong_output
//!
//! The demonstration takes place in a process of its own: the shop's baker has filled nothing.

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
    if let Ok(process) = Process::of(baker.clone()).start() {
        process.join();
    }
}

fn open_bakery(bakers: &[Baker]) -> io::Result<()> {
    let mut started = Vec::new();
    for baker in bakers {
        started.push(Process::of(baker.clone()).start()?);
    }
    for process in &started {
        process.join();
    }
    Ok(())
}
