//! verdict: panic
//!
//! Tidies up first, and reads the book then: nobody has it any more.

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
    for child in &started {
        child.join();
    }
    manager.shutdown();
    book.to_vec()
}
