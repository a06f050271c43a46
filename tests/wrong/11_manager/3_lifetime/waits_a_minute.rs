//! verdict: panic, cause: gave_up
//!
//! Waits for each clerk for a minute at most, and goes then.

use std::io;
use std::time::Duration;

use mp::{List, Manager, Process};

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let manager = Manager::start()?;
    let book: List<Entry> = manager.list()?;
    let mut started = Vec::new();
    for (number, &customers) in (1..).zip(customers) {
        let book = &book;
        started.push(Process::new(move || clerk(number, customers, book)).start()?);
    }
    for child in &started {
        child.join_timeout(Duration::from_secs(60));
    }
    book.to_vec()
}
