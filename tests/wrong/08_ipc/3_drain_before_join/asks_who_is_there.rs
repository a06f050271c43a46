//! verdict: requirement
//!
//! Asks again and again who is still there, and empties the queue meanwhile.

use std::io;

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
    while started.iter().any(|clerk| clerk.is_alive()) {
        while let Ok(page) = report.get_nowait() {
            all.push(page);
        }
    }
    while let Ok(page) = report.get_nowait() {
        all.push(page);
    }
    Ok(all)
}
