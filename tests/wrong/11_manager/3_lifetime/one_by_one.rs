//! verdict: requirement
//!
//! Each clerk has to wait until the one before has gone home.

use std::io;

use mp::{List, Manager, Process};

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let manager = Manager::start()?;
    let book: List<Entry> = manager.list()?;
    for (number, &customers) in (1..).zip(customers) {
        let work = || clerk(number, customers, &book);
        Process::new(work).start()?.join();
    }
    book.to_vec()
}
