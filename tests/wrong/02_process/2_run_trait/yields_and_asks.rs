//! verdict: requirement
//!
//! Instead of waiting it lets others go first, until it finds each baker gone.

use std::io;
use std::thread;

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
        started.push(Process::of(baker.clone()).start()?);
    }
    for process in &started {
        while process.is_alive() {
            thread::yield_now();
        }
    }
    Ok(())
}
