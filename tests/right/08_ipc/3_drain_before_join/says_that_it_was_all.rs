//! verdict: passed
//!
//! Another right answer: each clerk says when its report is complete, and the last page is not counted.

use std::io;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report: Queue<Option<Page>> = Queue::unbounded();
    let mut started = Vec::new();
    for clerk in 1..=clerks {
        let report = &report;
        let work = move || {
            for page in 1..=pages {
                report.put(Some(write(clerk, page)));
            }
            report.put(None);
        };
        started.push(Process::new(work).name(format!("clerk {clerk}")).start()?);
    }
    let (mut all, mut at_work) = (Vec::new(), clerks);
    while at_work > 0 {
        match report.get() {
            Some(page) => all.push(page),
            None => at_work -= 1,
        }
    }
    started.iter().for_each(|clerk| {
        clerk.join();
    });
    Ok(all)
}
