//! verdict: wrong_output
//!
//! Main is every clerk itself.

use std::io;

use mp::Manager;

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let manager = Manager::start()?;
    let book = manager.list()?;
    for (number, &customers) in (1..).zip(customers) {
        clerk(number, customers, &book);
    }
    book.to_vec()
}
