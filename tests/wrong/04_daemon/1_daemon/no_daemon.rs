//! verdict: wrong_output
//!
//! The radio is an ordinary process: it plays on after the shop has closed.

use std::io;

use mp::Process;

fn open_shop() -> io::Result<()> {
    Process::new(radio).start()?;
    Process::new(oven).start()?;
    Ok(())
}
