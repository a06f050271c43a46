//! verdict: wrong_output
//!
//! Reads until the queue is empty, which it is before the first page is written.

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
    while let Ok(page) = report.get_nowait() {
        all.push(page);
    }
    for clerk in &started {
        clerk.join();
    }
    Ok(all)
}
