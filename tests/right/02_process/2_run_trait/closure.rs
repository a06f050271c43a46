//! verdict: passed
//!
//! Another right answer: a closure calls `run` in the new process, the last baker starts first.

use std::io;

use mp::{Child, Process, Run};

impl Run for Baker<'_> {
    fn run(&mut self) {
        let last = self.filled + self.shift;
        while self.filled < last {
            self.fill_tray();
        }
    }
}

fn demonstrate(baker: &mut Baker) {
    Run::run(baker);
}

fn open_bakery(bakers: &[Baker]) -> io::Result<()> {
    let start = |baker: &Baker| {
        let mut baker = baker.clone();
        Process::new(move || baker.run()).start()
    };
    let started: io::Result<Vec<Child>> = bakers.iter().rev().map(start).collect();
    started?.iter().for_each(|process| {
        process.join();
    });
    Ok(())
}
