//! verdict: wrong_output
//!
//! The radio is stopped by hand after two seconds, also where the shop stays open for longer.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::Process;

fn open_shop() -> io::Result<()> {
    let playing = Process::new(radio).start()?;
    Process::new(oven).start()?;
    sleep(Duration::from_secs(2));
    playing.terminate();
    Ok(())
}
