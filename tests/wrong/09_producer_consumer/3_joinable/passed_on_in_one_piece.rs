//! verdict: requirement
//!
//! The baskets that were in one are one message: they are unpacked by a single helper, one after
//! the other, also where others have nothing to do.

use std::io;

use mp::{JoinableQueue, Process};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let queue = JoinableQueue::unbounded();
    for &basket in delivery {
        queue.put(vec![basket]);
    }
    for _ in 0..helpers {
        Process::new(|| loop {
            for basket in queue.get() {
                let inner = shelf.unpack(basket);
                if !inner.is_empty() {
                    queue.put(inner);
                }
            }
            queue.task_done();
        })
        .daemon(true)
        .start()?;
    }
    queue.join();
    Ok(())
}
