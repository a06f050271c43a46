//! verdict: panic
//!
//! The clerks are joined after the block, at whose end the manager goes.

use std::io;

use mp::{List, Manager, Process};

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let mut started = Vec::new();
    {
        let manager = Manager::start()?;
        let book = &manager.list()?;
        for (number, &customers) in (1..).zip(customers) {
            started.push(Process::new(move || clerk(number, customers, book)).start()?);
        }
    }
    for child in &started {
        child.join();
    }
    Ok(Vec::new())
}
