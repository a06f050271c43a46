//! verdict: wrong_output
//!
//! Main sings itself.

use std::io;

use mp::Process;

fn open_shop() -> io::Result<()> {
    Process::new(oven).start()?;
    radio();
    Ok(())
}
