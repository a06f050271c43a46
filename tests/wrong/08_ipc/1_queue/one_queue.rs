//! verdict: deadlock, cause: no_sender
//!
//! One queue for both directions: main takes its own order and hands it over as a bun.

use std::io;

use mp::{Process, Queue};

fn open_shop(customers: usize) -> io::Result<()> {
    let queue: Queue<String> = Queue::unbounded();
    let bakery = Process::new(|| {
        for _ in 0..customers {
            let order = queue.get();
            queue.put(bake(&order));
        }
    });
    let bakery = bakery.start()?;
    for customer in 1..=customers {
        queue.put(take_order(customer));
        hand_over(&queue.get());
    }
    bakery.join();
    Ok(())
}
