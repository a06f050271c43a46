//! verdict: wrong_output
//!
//! Reads an entry whenever it looks, and does not look again.

use std::io;

use mp::{List, Manager, Process};

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let manager = Manager::start()?;
    let book: List<Entry> = manager.list()?;
    let mut started = Vec::new();
    for (number, &customers) in (1..).zip(customers) {
        let book = &book;
        started.push(Process::new(move || clerk(number, customers, book)).start()?);
    }
    let mut entries = Vec::new();
    for at in 0..customers.len() {
        entries.extend(book.get(at)?);
    }
    for child in &started {
        child.join();
    }
    Ok(entries)
}
