//! verdict: build_error
//!
//! The clerks write, and main makes up what they should have written.

use std::io;

use mp::{List, Manager, Process};

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let manager = Manager::start()?;
    let book: List<Entry> = manager.list()?;
    let mut all = Vec::new();
    for (i, &n) in customers.iter().enumerate() {
        let book = &book;
        all.push(Process::new(move || clerk(i + 1, n, book)).start()?);
    }
    let entry = |(i, child): (usize, &mp::Child)| {
        child.join();
        Entry { clerk: i + 1, buns: 2 * customers[i], pid: child.pid() }
    };
    Ok(all.iter().enumerate().map(entry).collect())
}
