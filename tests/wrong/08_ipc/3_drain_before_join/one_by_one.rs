//! verdict: requirement
//!
//! Each clerk begins when the one before has gone home.

use std::io;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::unbounded();
    let mut all = Vec::new();
    for clerk in 1..=clerks {
        let work = move || {
            for page in 1..=pages {
                report.put(write(clerk, page));
            }
        };
        let clerk = Process::new(work).start()?;
        all.extend((0..pages).map(|_| report.get()));
        clerk.join();
    }
    Ok(all)
}
