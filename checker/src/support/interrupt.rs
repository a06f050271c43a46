//! Requests to stop: a signal, at which `course` tidies up and ends by itself, or work that is of
//! no use any more.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Context;
use signal_hook::consts::{SIGCONT, SIGINT, SIGTERM};
use signal_hook::{SigId, flag, low_level};

/// The signals that ask `course` to stop.
const SIGNALS: [i32; 2] = [SIGINT, SIGTERM];

/// The last such signal received; 0 for none.
static SIGNAL: AtomicUsize = AtomicUsize::new(0);

/// Whether such a signal was received before: the next one ends `course` at once.
static SEEN: AtomicBool = AtomicBool::new(false);

/// Whether the work under way is of no use any more, though `course` goes on.
static CANCELLED: AtomicBool = AtomicBool::new(false);
/// What ends `course` at the second signal.
static AT_ONCE: Mutex<Vec<SigId>> = Mutex::new(Vec::new());
/// Set when `course` was stopped and goes on.
static CONTINUED: AtomicBool = AtomicBool::new(false);

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
        let at_once = flag::register_conditional_shutdown(signal, 128 + signal, &SEEN)
            .context("failed to handle signals")?;
        lock().push(at_once);
        flag::register(signal, &SEEN)
            .and_then(|_| flag::register_usize(signal, &SIGNAL, number))
            .context("failed to handle signals")?;
    }
    Ok(())
}

/// From now on no signal ends `course` at once, because it has a terminal to restore; and going on
/// after a stop is noted, because the shell had the terminal meanwhile.
///
/// # Errors
///
/// When the operating system refuses.
pub fn keep_terminal() -> anyhow::Result<()> {
    for at_once in lock().drain(..) {
        low_level::unregister(at_once);
    }
    flag::register(SIGCONT, &CONTINUED).context("failed to handle signals")?;
    Ok(())
}

/// Whether `course` was stopped and goes on, since this was last asked.
pub fn continued() -> bool {
    CONTINUED.swap(false, Ordering::Relaxed)
}

/// Has the work under way end early, though `course` goes on.
pub fn cancel() {
    CANCELLED.store(true, Ordering::Relaxed);
}

/// From now on there is new work.
pub fn begin() {
    CANCELLED.store(false, Ordering::Relaxed);
}

fn lock() -> MutexGuard<'static, Vec<SigId>> {
    AT_ONCE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a signal asked `course` to stop, or the work is of no use any more: whatever takes long looks here now and then, and
/// returns early. What it returns then is not used.
pub fn requested() -> bool {
    signal().is_some() || CANCELLED.load(Ordering::Relaxed)
}

/// The signal that asked `course` to stop.
pub fn signal() -> Option<u8> {
    let number = SIGNAL.load(Ordering::Relaxed);
    u8::try_from(number).ok().filter(|&number| number != 0)
}
