//! verdict: passed
//!
//! Another right answer: one loop over a table of what to start, and how.

use std::io;

use mp::Process;

fn open_shop() -> io::Result<()> {
    let table: [(&str, fn(), bool); 2] = [("radio", radio, true), ("oven", oven, false)];
    for (name, work, daemon) in table {
        let child = Process::new(work).name(name).daemon(daemon).start()?;
        drop(child);
    }
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
