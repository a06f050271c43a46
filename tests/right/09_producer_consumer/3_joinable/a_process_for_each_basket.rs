//! verdict: passed
//!
//! Another way to share the work: who finds a basket starts a process for it, as far as a semaphore
//! lets so many work at once, and joins it.

use std::io;

use mp::{Process, Semaphore};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let at_work = Semaphore::new(helpers);
    unpack_each(delivery, &at_work, shelf)
}

fn unpack_each(baskets: &[u32], at_work: &Semaphore, shelf: &Shelf) -> io::Result<()> {
    let mut started = Vec::new();
    for &basket in baskets {
        let work = move || {
            at_work.acquire();
            let found = shelf.unpack(basket);
            at_work.release();
            unpack_each(&found, at_work, shelf).expect("processes can be started");
        };
        started.push(Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
