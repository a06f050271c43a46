//! verdict: panic, cause: sleep_as_sync
//!
//! Ten seconds are enough for every clerk, but for the one that is kept waiting.

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
    sleep(Duration::from_secs(10));
    book.to_vec()
}
