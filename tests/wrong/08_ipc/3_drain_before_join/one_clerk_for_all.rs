//! verdict: wrong_output
//!
//! A cheat: one process writes the reports of all clerks.

use std::io;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::unbounded();
    let work = move || {
        for clerk in 1..=clerks {
            for page in 1..=pages {
                report.put(write(clerk, page));
            }
        }
    };
    let clerk = Process::new(work).start()?;
    let all = (0..clerks * pages).map(|_| report.get()).collect();
    clerk.join();
    Ok(all)
}
