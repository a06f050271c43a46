//! verdict: wrong_output
//!
//! `run` is called to "get the process going", and then `start`: each shift is worked twice.

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
        let mut baker = baker.clone();
        baker.run();
        started.push(Process::of(baker).start()?);
    }
    for process in &started {
        process.join();
    }
    Ok(())
}
