//! verdict: wrong_output
//!
//! Another process reads the pages, into its own memory: they never get to main.

use std::io;

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
    let mut all = Vec::new();
    let reader = Process::new(|| {
        for _ in 0..clerks * pages {
            all.push(report.get());
        }
    });
    reader.start()?.join();
    for clerk in &started {
        clerk.join();
    }
    Ok(all)
}
