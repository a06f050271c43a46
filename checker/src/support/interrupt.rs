//! Requests to stop: by a signal, after which `course` tidies up and ends by itself, or because the
//! work under way is no longer needed.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Context;
use signal_hook::consts::{SIGCONT, SIGINT, SIGTERM};
use signal_hook::{SigId, flag, low_level};

/// The signals that ask `course` to stop.
const SIGNALS: [i32; 2] = [SIGINT, SIGTERM];

/// The last such signal received; 0 for none.
static SIGNAL: AtomicUsize = AtomicUsize::new(0);

/// Whether such a signal was received already: then the next one ends `course` at once.
static SEEN: AtomicBool = AtomicBool::new(false);

/// Whether the work under way is no longer needed, although `course` goes on.
static CANCELLED: AtomicBool = AtomicBool::new(false);
/// What ends `course` at the second signal.
static AT_ONCE: Mutex<Vec<SigId>> = Mutex::new(Vec::new());
/// Set when `course` was stopped and goes on.
static CONTINUED: AtomicBool = AtomicBool::new(false);

/// From now on, a signal that asks `course` to stop is noted instead of killing it. A second one
/// ends it at once, in case it is stuck.
///
/// # Errors
///
/// When the operating system refuses.
pub fn install() -> anyhow::Result<()> {
    for signal in SIGNALS {
        let number = usize::try_from(signal).context("failed to number a signal")?;
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

/// From now on no signal ends `course` at once, because it has a terminal to restore. Continuing
/// after a stop (SIGCONT) is noted too, because the shell used the terminal meanwhile.
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

/// Whether `course` was stopped and continued since this was last asked.
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

/// Whether a signal asked `course` to stop, or the work is no longer needed. Whatever takes long
/// asks this now and then, and returns early; the result is then not used.
pub fn requested() -> bool {
    signal().is_some() || CANCELLED.load(Ordering::Relaxed)
}

/// The signal that asked `course` to stop.
pub fn signal() -> Option<u8> {
    let number = SIGNAL.load(Ordering::Relaxed);
    u8::try_from(number).ok().filter(|&number| number != 0)
}
