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
