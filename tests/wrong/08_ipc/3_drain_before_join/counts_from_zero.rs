//! verdict: wrong_output
//!
//! Clerks and pages are numbered as programmers do it.

use std::io;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::unbounded();
    let mut started = Vec::new();
    for clerk in 0..clerks {
        let work = move || (0..pages).for_each(|page| report.put(write(clerk, page)));
        started.push(Process::new(work).start()?);
    }
    let all = (0..clerks * pages).map(|_| report.get()).collect();
    for clerk in &started {
        clerk.join();
    }
    Ok(all)
}
