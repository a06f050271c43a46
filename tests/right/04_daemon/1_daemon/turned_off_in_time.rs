//! verdict: passed
//!
//! A helper turns the radio off when main closes the shop, which the argument tells.

use std::io;
use std::time::Duration;

use mp::Process;

fn open_shop() -> io::Result<()> {
    let seconds = std::env::args().nth(1).and_then(|t| t.parse().ok()).unwrap_or(1);
    Process::new(oven).start()?;
    Process::new(move || {
        let radio = Process::new(radio).start().unwrap();
        std::thread::sleep(Duration::from_secs(seconds));
        radio.terminate();
    })
    .start()?;
    Ok(())
}
