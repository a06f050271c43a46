//! verdict: deadlock, cause: no_sender
//!
//! Counts after each page. Where nobody writes any, main waits for one.

use std::io;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::unbounded();
    let mut started = Vec::new();
    for clerk in 1..=clerks {
        let work = move || (1..=pages).for_each(|page| report.put(write(clerk, page)));
        started.push(Process::new(work).start()?);
    }
    let mut all = vec![report.get()];
    while all.len() < clerks * pages {
        all.push(report.get());
    }
    for clerk in &started {
        clerk.join();
    }
    Ok(all)
}
