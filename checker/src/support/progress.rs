//! The progress bar on standard error: for a person at a terminal, and only if it takes a while.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::facts::progress::Tell;
use crate::support::terminal;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A check shorter than this needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// The progress of one check.
pub struct Progress {
    bar: ProgressBar,
    since: Instant,
    /// How long nothing is drawn.
    patience: Duration,
    shown: AtomicBool,
}

/// Builds the libraries with a bar that shows how far that is; where nobody sees a bar, one line says what
/// takes so long.
pub fn of_libraries<T>(title: &str, work: impl FnOnce(Tell) -> T) -> T {
    let progress = Progress::new("", false);
    let template = "{prefix} [{bar:20}] {pos} of {len}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        progress.bar.set_style(style.progress_chars("=> "));
    }
    progress.bar.set_prefix(title.to_owned());
    let result = work(&|far| {
        let first = !progress.shown.load(Ordering::Relaxed);
        progress.set(far.done, far.total);
        if first && progress.shown.load(Ordering::Relaxed) && !io::stderr().is_terminal() {
            terminal::tell(title);
        }
    });
    progress.finish();
    result
}

/// Does some work with a bar that shows how much of it is done, as the work tells; shown from the first time
/// that it tells if it is one of several.
pub fn during<T>(
    name: &str,
    several: bool,
    work: impl FnOnce(&(dyn Fn(u32, u32) + Sync)) -> T,
) -> T {
    let progress = Progress::new(name, several);
    let result = work(&|done, total| progress.set(done, total));
    progress.finish();
    result
}

impl Progress {
    /// A bar for this exercise; shown at once, when there is something to show, if it is one of several.
    fn new(exercise: &str, several: bool) -> Progress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        // The template is a constant: were it wrong, the default one does.
        if let Ok(style) = ProgressStyle::with_template("{prefix} [{bar:30}] {pos} of {len}") {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_prefix(exercise.to_owned());
        Progress {
            bar,
            since: Instant::now(),
            patience: if several { Duration::ZERO } else { PATIENCE },
            shown: AtomicBool::new(false),
        }
    }

    /// A bar for a class, with the time that is left.
    pub fn of_class() -> Progress {
        let progress = Progress::new("", false);
        let template = "{bar:30} {pos} of {len} submissions, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            progress.bar.set_style(style.progress_chars("=> "));
        }
        progress
    }

    /// Notes how many of all submissions are done.
    pub fn set_class(&self, done: usize, total: usize) {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        self.set(number(done), number(total));
    }

    /// Notes how many of all schedules are done.
    fn set(&self, done: u32, total: u32) {
        if self.since.elapsed() > self.patience {
            self.show();
        }
        self.bar.set_length(total.into());
        self.bar.set_position(done.into());
    }

    /// Takes the bar away, so that the report can be printed.
    pub fn finish(self) {
        self.bar.finish_and_clear();
    }

    /// Draws the bar from now on. Nothing is drawn if standard error is not a terminal.
    fn show(&self) {
        if !self.shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}
