//! The request to stop that comes as a signal: `course` then tidies up and ends by itself.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use anyhow::Context;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// The signals that ask `course` to stop.
const SIGNALS: [i32; 2] = [SIGINT, SIGTERM];

/// The last such signal received; 0 for none.
static SIGNAL: AtomicUsize = AtomicUsize::new(0);

/// Whether such a signal was received before: the next one ends `course` at once.
static SEEN: AtomicBool = AtomicBool::new(false);

/// From now on the signals that ask `course` to stop are noted instead of killing it; a second
/// one ends it at once, should it be stuck.
///
/// # Errors
///
/// When the operating system refuses.
pub fn install() -> anyhow::Result<()> {
    for signal in SIGNALS {
        let number = usize::try_from(signal).context("a signal's number is positive")?;
        // Handlers run in the order of registration: the first signal must not find the flag set.
        flag::register_conditional_shutdown(signal, 128 + signal, &SEEN)
            .and_then(|_| flag::register(signal, &SEEN))
            .and_then(|_| flag::register_usize(signal, &SIGNAL, number))
            .context("failed to handle signals")?;
    }
    Ok(())
}

/// Whether a signal asked `course` to stop: whatever takes long looks here now and then, and
/// returns early. What it returns then is not used.
pub fn requested() -> bool {
    signal().is_some()
}

/// The signal that asked `course` to stop.
pub fn signal() -> Option<u8> {
    let number = SIGNAL.load(Ordering::Relaxed);
    u8::try_from(number).ok().filter(|&number| number != 0)
}
