//! verdict: wrong_output
//!
//! Takes the newest page first from what it has read: the pages of each clerk come backwards.

use std::io;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::unbounded();
    let mut started = Vec::new();
    for clerk in 1..=clerks {
        let work = move || (1..=pages).for_each(|page| report.put(write(clerk, page)));
        started.push(Process::new(work).start()?);
    }
    let mut all: Vec<Page> = (0..clerks * pages).map(|_| report.get()).collect();
    for clerk in &started {
        clerk.join();
    }
    all.reverse();
    Ok(all)
}
