//! verdict: deadlock, cause: queue_not_drained
//!
//! Waits for the end of the clerks first, and wants to read their pages afterwards.

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
    for clerk in &started {
        clerk.join();
    }
    let all = (0..clerks * pages).map(|_| report.get()).collect();
    Ok(all)
}
