//! verdict: deadlock, cause: queue_not_drained
//!
//! Fewer messages do not help: a whole report is longer than what is on its way.

use std::io;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report: &Queue<Vec<Page>> = &Queue::unbounded();
    let mut started = Vec::new();
    for clerk in 1..=clerks {
        let work = move || report.put((1..=pages).map(|page| write(clerk, page)).collect());
        started.push(Process::new(work).start()?);
    }
    for clerk in &started {
        clerk.join();
    }
    Ok((0..clerks).flat_map(|_| report.get()).collect())
}
