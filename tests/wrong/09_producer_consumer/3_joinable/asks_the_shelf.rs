//! verdict: requirement
//!
//! Knows how many buns there are to be, and looks at the shelf again and again.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::{Process, Queue};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets = Queue::unbounded();
    for _ in 0..helpers {
        let work = || loop {
            for inner in shelf.unpack(baskets.get()) {
                baskets.put(inner);
            }
        };
        Process::new(work).daemon(true).start()?;
    }
    for &basket in delivery {
        baskets.put(basket);
    }
    while shelf.buns.get() < delivery.iter().sum() {
        sleep(Duration::from_millis(100));
    }
    Ok(())
}
