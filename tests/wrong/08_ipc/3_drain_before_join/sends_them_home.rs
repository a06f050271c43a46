//! verdict: deadlock, cause: gave_up
//!
//! Who has not gone home after a minute is sent home, perhaps in the middle of the report.

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
    for clerk in &started {
        if clerk.join_timeout(Duration::from_secs(60)).is_none() {
            clerk.terminate();
            clerk.join();
        }
    }
    let all = (0..clerks * pages).map(|_| report.get()).collect();
    Ok(all)
}
