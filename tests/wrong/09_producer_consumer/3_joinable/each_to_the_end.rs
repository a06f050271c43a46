//! verdict: requirement
//!
//! Whoever takes a basket unpacks alone all that is in it, and the others have nothing to do.

use std::io;

use mp::{JoinableQueue, Process};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets = JoinableQueue::unbounded();
    for _ in 0..helpers {
        let work = || loop {
            let mut mine = vec![baskets.get()];
            while let Some(basket) = mine.pop() {
                mine.extend(shelf.unpack(basket));
            }
            baskets.task_done();
        };
        Process::new(work).daemon(true).start()?;
    }
    for &basket in delivery {
        baskets.put(basket);
    }
    baskets.join();
    Ok(())
}
