//! verdict: wrong_output
//!
//! No daemon: it plays what fits into the seconds that the argument says.

use std::io;

use mp::Process;

fn open_shop() -> io::Result<()> {
    Process::new(oven).start()?;
    Process::new(|| {
        println!("radio: first song");
        let seconds: u64 = std::env::args().nth(1).and_then(|t| t.parse().ok()).unwrap_or(1);
        if seconds > 3 {
            std::thread::sleep(std::time::Duration::from_secs(3));
            println!("radio: second song");
        }
    })
    .start()?;
    Ok(())
}
