//! verdict: wrong_output
//!
//! The oven may finish after main: waiting for it here keeps the shop open, and the radio on.

use std::io;

use mp::Process;

fn open_shop() -> io::Result<()> {
    Process::new(radio).daemon(true).start()?;
    Process::new(oven).start()?.join();
    Ok(())
}
