//! The radio does not keep the shop open.
//!
//! When main ends, it waits for the processes it started: they still have work to do. A process
//! that is only there to serve the others, and may be stopped in the middle of anything, is
//! started as a daemon: when main ends, its daemons are terminated, then the others are waited for.
//!
//! The task: write `open_shop`. It starts `radio` and `oven`, each in a process of its own, and
//! returns at once. When main closes the shop, the radio must fall silent wherever it is, but the
//! oven must be left running until the buns are done. Main stays open for as many seconds as the
//! first argument says: with 1 there is no time for the second song, with 12 there is.
//!
//! Why it matters: a servant that is no daemon keeps a finished program alive, perhaps for ever.
//! A daemon that holds something valuable loses it: it is stopped without a word.
//!
//! Try it by hand:  `course run 04_daemon/1_daemon 1`
//! Check it:        `course check 04_daemon/1_daemon`

use std::io;

use mp::Process;

/// Starts the radio and the oven, and waits for neither.
fn open_shop() -> io::Result<()> {
    // Nothing is lost when the radio stops, so it is a daemon. The buns would be: the oven is none.
    Process::new(radio).daemon(true).start()?;
    Process::new(oven).start()?;
    Ok(())
}

// ---- given: edits below this line are ignored ----

/// Plays two songs; the first lasts three seconds.
fn radio() {
    println!("radio: first song");
    is_on().set(true);
    std::thread::sleep(std::time::Duration::from_secs(3));
    println!("radio: second song");
}

/// Whether the radio was turned on.
static IS_ON: std::sync::OnceLock<mp::Value<bool>> = std::sync::OnceLock::new();

/// That, in memory that the processes share.
fn is_on() -> &'static mp::Value<bool> {
    IS_ON.get_or_init(|| mp::Value::named("the radio is on", false))
}

/// Bakes for seven seconds.
fn oven() {
    std::thread::sleep(std::time::Duration::from_secs(7));
    println!("oven: the buns are done");
}

fn main() -> std::io::Result<()> {
    let first = std::env::args().nth(1);
    let seconds = first.and_then(|text| text.parse().ok()).unwrap_or(1);
    is_on().set(false);
    open_shop()?;
    std::thread::sleep(std::time::Duration::from_secs(seconds));
    if !is_on().get() {
        println!("main: nobody has called `radio`");
    }
    println!("main: the shop closes");
    Ok(())
}
