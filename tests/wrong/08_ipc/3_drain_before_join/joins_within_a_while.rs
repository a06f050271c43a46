//! verdict: requirement
//!
//! It asks each clerk a hundred times in a second whether it is gone, and empties the queue meanwhile.

use std::io;
use std::time::Duration;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::named("report", 0);
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
    for clerk in &started {
        while clerk.join_timeout(Duration::from_millis(10)).is_none() {
            while let Ok(page) = report.get_nowait() {
                all.push(page);
            }
        }
    }
    while let Ok(page) = report.get_nowait() {
        all.push(page);
    }
    Ok(all)
}
