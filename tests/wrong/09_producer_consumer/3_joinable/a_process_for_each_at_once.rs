//! verdict: requirement
//!
//! A process for each basket, all of them at once: more than there are helpers.

use std::io;

use mp::Process;

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let mut started = Vec::new();
    for &basket in delivery {
        let work = move || {
            let found = shelf.unpack(basket);
            unpack_all(&found, helpers, shelf).expect("processes can be started");
        };
        started.push(Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
