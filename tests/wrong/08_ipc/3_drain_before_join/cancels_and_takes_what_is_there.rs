//! verdict: wrong_output
//!
//! As the clerks need not stay, main joins them and reads what is there: what did not fit on its way
//! is lost.

use std::io;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::unbounded();
    let mut started = Vec::new();
    for clerk in 1..=clerks {
        let work = move || {
            (1..=pages).for_each(|page| report.put(write(clerk, page)));
            report.cancel_join();
        };
        started.push(Process::new(work).start()?);
    }
    for clerk in &started {
        clerk.join();
    }
    Ok(std::iter::from_fn(|| report.get_nowait().ok()).collect())
}
