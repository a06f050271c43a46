//! verdict: deadlock, cause: queue_not_drained
//!
//! Gives the clerks an hour, and then joins them, whatever is still to come.

use std::io;
use std::thread::sleep;
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
    sleep(Duration::from_secs(3600));
    let mut all = Vec::new();
    while let Ok(page) = report.get_nowait() {
        all.push(page);
    }
    for clerk in &started {
        clerk.join();
    }
    Ok(all)
}
