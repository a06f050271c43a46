//! verdict: leak, cause: unjoined
//!
//! Returns as soon as it has all pages: the clerks may still be there.

use std::io;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::unbounded();
    for clerk in 1..=clerks {
        let work = move || {
            for page in 1..=pages {
                report.put(write(clerk, page));
            }
        };
        Process::new(work).start()?;
    }
    let all = (0..clerks * pages).map(|_| report.get()).collect();
    Ok(all)
}
