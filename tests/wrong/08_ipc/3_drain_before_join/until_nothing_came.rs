//! verdict: deadlock, cause: queue_not_drained
//!
//! Reads until nothing has come for a minute: a clerk may be slower, and then its pages are left.

use std::io;
use std::time::Duration;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::unbounded();
    let mut started = Vec::new();
    for clerk in 1..=clerks {
        let work = move || {
            for page in 1..=pages {
                report.put(write(clerk, page));
            }
        };
        started.push(Process::new(work).start()?);
    }
    let mut all = Vec::new();
    while let Ok(page) = report.get_timeout(Duration::from_secs(60)) {
        all.push(page);
    }
    for clerk in &started {
        clerk.join();
    }
    Ok(all)
}
