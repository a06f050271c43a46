//! Time as a test may judge it: what a machine that does other things beside takes away is not counted.

use std::fs;
use std::time::{Duration, Instant};

/// Measures how long something takes on a machine of its own.
pub struct Stopwatch {
    began: Instant,
    waited: Duration,
}

impl Stopwatch {
    /// Begins to measure.
    pub fn start() -> Stopwatch {
        Stopwatch {
            began: Instant::now(),
            waited: waited(),
        }
    }

    /// The time since then, without that in which anybody here waited for a core, a disk or memory;
    /// at least half of what a clock on the wall says, for what is measured makes itself wait, too.
    pub fn time(&self) -> Duration {
        let waited = waited().saturating_sub(self.waited);
        let elapsed = self.began.elapsed();
        elapsed - waited.min(elapsed / 2)
    }
}

/// How long any process of this machine had to wait for what others had, so far (the kernel's "Pressure
/// Stall Information"); nothing where that is not told.
fn waited() -> Duration {
    let waited = |what: &&str| {
        let text = fs::read_to_string(format!("/proc/pressure/{what}")).ok()?;
        let some = text.lines().find(|line| line.starts_with("some"))?;
        some.rsplit_once("total=")?.1.parse::<u64>().ok()
    };
    let waited = ["cpu", "io", "memory"].iter().filter_map(waited);
    Duration::from_micros(waited.sum())
}
