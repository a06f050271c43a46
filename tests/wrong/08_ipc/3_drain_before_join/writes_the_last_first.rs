//! verdict: wrong_output
//!
//! The clerks write backwards, and main puts the pages in order.

use std::io;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::unbounded();
    let mut started = Vec::new();
    for clerk in 1..=clerks {
        let work = move || {
            for page in (1..=pages).rev() {
                report.put(write(clerk, page));
            }
        };
        started.push(Process::new(work).start()?);
    }
    let mut all: Vec<Page> = (0..clerks * pages).map(|_| report.get()).collect();
    for clerk in &started {
        clerk.join();
    }
    all.sort_by_key(|page| page.number);
    Ok(all)
}
