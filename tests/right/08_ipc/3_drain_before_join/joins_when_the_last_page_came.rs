//! verdict: passed
//!
//! Another right answer: each clerk's last page is known by its number, and then that clerk is joined.

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
    let mut all: Vec<Page> = Vec::new();
    while all.len() < clerks * pages {
        all.push(report.get());
    }
    while let Some(clerk) = started.pop() {
        while clerk.join_timeout(Duration::from_secs(1)).is_none() {}
    }
    Ok(all)
}
