//! verdict: requirement
//!
//! Threads instead of processes: they work in the shop's own.

use std::io;
use std::thread;

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
    thread::scope(|scope| {
        for baker in bakers {
            let mut baker = baker.clone();
            scope.spawn(move || baker.run());
        }
    });
    Ok(())
}
