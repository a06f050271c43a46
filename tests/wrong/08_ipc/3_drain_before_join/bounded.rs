//! verdict: deadlock, cause: mutual_wait
//!
//! The queue has a bound: now the clerks wait for room while main waits for them.

use std::io;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::new(1);
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
