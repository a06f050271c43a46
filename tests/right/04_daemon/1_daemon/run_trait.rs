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

// ---- given: edits below this line are ignored ----

/// Plays two songs; the first lasts three seconds.
fn radio() {
    println!("radio: first song");
    std::thread::sleep(std::time::Duration::from_secs(3));
    println!("radio: second song");
}

/// Bakes for seven seconds.
fn oven() {
    std::thread::sleep(std::time::Duration::from_secs(7));
    println!("oven: the buns are done");
}

fn main() -> std::io::Result<()> {
    let first = std::env::args().nth(1);
    let seconds = first.and_then(|text| text.parse().ok()).unwrap_or(1);
    open_shop()?;
    std::thread::sleep(std::time::Duration::from_secs(seconds));
    println!("main: the shop closes");
    Ok(())
}
