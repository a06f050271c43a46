//! verdict: panic
//!
//! The manager is a temporary value: it ends in the line in which it is started, before any clerk
//! begins.

use std::io;

use mp::{List, Manager, Process};

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let book: List<Entry> = Manager::start()?.list()?;
    let mut started = Vec::new();
    for (number, &customers) in (1..).zip(customers) {
        let book = &book;
        started.push(Process::new(move || clerk(number, customers, book)).start()?);
    }
    for child in &started {
        child.join();
    }
    book.to_vec()
}
