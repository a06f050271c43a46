//! verdict: passed
//!
//! A manager for each clerk: each keeps its book until that was read.

use std::io;

use mp::{List, Manager, Process};

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let mut all = Vec::new();
    for (i, &n) in customers.iter().enumerate() {
        let manager = Manager::start()?;
        let book: List<Entry> = manager.list()?;
        let child = {
            let book = &book;
            Process::new(move || clerk(i + 1, n, book)).start()?
        };
        all.push((child, book, manager));
    }
    let mut entries = Vec::new();
    for (child, book, _manager) in &all {
        child.join();
        entries.extend(book.to_vec()?);
    }
    Ok(entries)
}
