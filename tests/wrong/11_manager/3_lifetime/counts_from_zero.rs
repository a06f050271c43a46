//! verdict: wrong_output
//!
//! The clerks are numbered from 0.

use std::io;

use mp::{List, Manager, Process};

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let manager = Manager::start()?;
    let book: List<Entry> = manager.list()?;
    let mut started = Vec::new();
    for (number, &customers) in customers.iter().enumerate() {
        let book = &book;
        started.push(Process::new(move || clerk(number, customers, book)).start()?);
    }
    for child in &started {
        child.join();
    }
    book.to_vec()
}
