//! verdict: wrong_output
//!
//! The oven is a daemon too: the buns are lost when main ends.

use std::io;

use mp::Process;

fn open_shop() -> io::Result<()> {
    Process::new(radio).daemon(true).start()?;
    Process::new(oven).daemon(true).start()?;
    Ok(())
}
