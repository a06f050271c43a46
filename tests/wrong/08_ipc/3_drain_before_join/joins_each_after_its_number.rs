//! verdict: deadlock, cause: queue_not_drained
//!
//! Takes as many pages as a clerk writes and joins that clerk: they may be pages of another one.

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
    for clerk in &started {
        all.extend((0..pages).map(|_| report.get()));
        clerk.join();
    }
    Ok(all)
}
