//! verdict: passed
//!
//! A block for the manager, an explicit end of it, and the entries taken out one by one.

use std::io;

use mp::{Child, List, Manager, Process};

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let manager = Manager::start()?;
    let entries = {
        let book: List<Entry> = manager.list()?;
        let begin = |(at, &customers): (usize, &u32)| {
            let book = book.clone();
            Process::new(move || clerk(at + 1, customers, &book)).start()
        };
        let started: Vec<Child> = customers
            .iter()
            .enumerate()
            .map(begin)
            .collect::<Result<_, _>>()?;
        started.iter().rev().for_each(|child| {
            child.join();
        });
        let mut entries = Vec::new();
        while let Some(entry) = book.pop()? {
            entries.push(entry);
        }
        entries
    };
    manager.shutdown();
    Ok(entries)
}
