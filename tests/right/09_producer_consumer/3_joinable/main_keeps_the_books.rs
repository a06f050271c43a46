//! verdict: passed
//!
//! A plain queue each way: the helpers report what they found, and main counts what is open.

use std::io;

use mp::{Process, Queue};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets: Queue<Option<u32>> = Queue::named("baskets", 0);
    let found: Queue<Vec<u32>> = Queue::named("found", 0);
    let mut started = Vec::new();
    for _ in 0..helpers {
        let work = || {
            while let Some(basket) = baskets.get() {
                found.put(shelf.unpack(basket));
            }
        };
        started.push(Process::new(work).start()?);
    }
    let mut open = delivery.len();
    let put = |&basket: &u32| baskets.put(Some(basket));
    delivery.iter().for_each(put);
    while open > 0 {
        let inner = found.get();
        open = open - 1 + inner.len();
        inner.iter().for_each(put);
    }
    for _ in &started {
        baskets.put(None);
    }
    for helper in &started {
        helper.join();
    }
    Ok(())
}
