//! verdict: deadlock, cause: no_sender
//!
//! The clerks need not stay until their pages are read, so main can join them first. But what a
//! clerk had on its way then is lost.

use std::io;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::unbounded();
    let mut started = Vec::new();
    for clerk in 1..=clerks {
        let work = move || {
            report.cancel_join();
            for page in 1..=pages {
                report.put(write(clerk, page));
            }
        };
        started.push(Process::new(work).start()?);
    }
    for clerk in &started {
        clerk.join();
    }
    Ok((0..clerks * pages).map(|_| report.get()).collect())
}
