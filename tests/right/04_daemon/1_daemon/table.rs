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
