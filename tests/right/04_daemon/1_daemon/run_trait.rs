//! verdict: passed
//!
//! Another right answer: the other order, types with `run`, and names.

use std::io;

use mp::{Process, Run};

struct Radio;

impl Run for Radio {
    fn run(&mut self) {
        radio();
    }
}

fn open_shop() -> io::Result<()> {
    Process::new(|| oven()).name("oven").daemon(false).start()?;
    Process::of(Radio).name("radio").daemon(true).start()?;
    Ok(())
}
