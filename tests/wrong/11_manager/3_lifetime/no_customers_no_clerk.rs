//! verdict: wrong_output
//!
//! Starts no clerk who has no customers. But each clerk of the day writes into the book.

use std::io;

use mp::{List, Manager, Process};

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let manager = Manager::start()?;
    let book: List<Entry> = manager.list()?;
    let mut started = Vec::new();
    for (number, &customers) in (1..)
        .zip(customers)
        .filter(|(_, customers)| **customers > 0)
    {
        let book = &book;
        started.push(Process::new(move || clerk(number, customers, book)).start()?);
    }
    for child in &started {
        child.join();
    }
    book.to_vec()
}
