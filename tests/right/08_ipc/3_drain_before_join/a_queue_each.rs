//! verdict: passed
//!
//! Another right answer: a queue for each clerk, each drained before its clerk is joined.

use std::io;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let reports: Vec<Queue<Page>> = (0..clerks).map(|_| Queue::new(2)).collect();
    let mut started = Vec::new();
    for (clerk, report) in (1..).zip(&reports) {
        let work = move || (1..=pages).for_each(|page| report.put(write(clerk, page)));
        started.push(Process::new(work).start()?);
    }
    let mut all = Vec::new();
    for (clerk, report) in started.iter().zip(&reports) {
        for _ in 0..pages {
            all.push(report.get());
        }
        clerk.join();
    }
    Ok(all)
}
