//! verdict: wrong_output
//!
//! Every clerk starts a manager, and the book in it is gone when the clerk goes home.

use std::io;

use mp::{Manager, Process};

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let mut started = Vec::new();
    for (number, &customers) in (1..).zip(customers) {
        let work = move || {
            let manager = Manager::start().expect("a manager can be started");
            let book = manager.list().expect("the manager is there");
            clerk(number, customers, &book);
        };
        started.push(Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    let manager = Manager::start()?;
    manager.list()?.to_vec()
}
