//! verdict: passed
//!
//! All pages are taken before the first join; and whoever is not gone in a minute is waited for once more.

use std::io;
use std::time::Duration;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::named("report", 0);
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
    while all.len() < clerks * pages {
        if let Ok(page) = report.get_timeout(Duration::from_secs(1)) {
            all.push(page);
        }
    }
    for clerk in &started {
        while clerk.join_timeout(Duration::from_secs(60)).is_none() {}
    }
    Ok(all)
}
