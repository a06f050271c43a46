//! verdict: panic
//!
//! A function starts the manager and returns a proxy; at its end the manager ends.

use std::io;

use mp::{List, Manager, Process};

fn new_book() -> io::Result<List<Entry>> {
    let manager = Manager::start()?;
    manager.list()
}

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let book = new_book()?;
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
