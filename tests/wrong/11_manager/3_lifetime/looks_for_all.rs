//! verdict: leak, cause: unjoined
//!
//! Main looks into the book until every clerk has written, and joins none: that they have gone home,
//! it does not know.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::{List, Manager, Process};

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let manager = Manager::start()?;
    let book: List<Entry> = manager.list()?;
    for (number, &customers) in (1..).zip(customers) {
        let book = &book;
        Process::new(move || clerk(number, customers, book)).start()?;
    }
    while book.len()? < customers.len() {
        sleep(Duration::from_millis(50));
    }
    book.to_vec()
}
