//! verdict: deadlock, cause: no_sender
//!
//! Waits for a page that nobody writes.

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
    let all = (0..=clerks * pages).map(|_| report.get()).collect();
    for clerk in &started {
        clerk.join();
    }
    Ok(all)
}
