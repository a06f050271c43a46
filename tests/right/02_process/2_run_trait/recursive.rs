//! verdict: passed
//!
//! Another right answer: each call starts one baker, lets the rest be started, and then waits.

use std::io;

use mp::{Process, Run};

impl Run for Baker<'_> {
    fn run(&mut self) {
        (0..self.shift).for_each(|_| self.fill_tray());
    }
}

fn demonstrate(baker: &mut Baker) {
    let mut in_the_window = baker.clone();
    in_the_window.run();
    *baker = in_the_window;
}

fn open_bakery(bakers: &[Baker]) -> io::Result<()> {
    let Some((first, others)) = bakers.split_first() else {
        return Ok(());
    };
    let process = Process::of(first.clone()).name(first.name).start()?;
    open_bakery(others)?;
    process.join();
    Ok(())
}
