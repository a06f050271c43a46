//! verdict: wrong_output
//!
//! One queue: main waits for a sign of the bakery, but the bakery may take its own bun for an order.

use std::io;

use mp::{Process, Queue, Semaphore};

fn open_shop(customers: usize) -> io::Result<()> {
    let queue: Queue<String> = Queue::unbounded();
    let baked = Semaphore::new(0);
    let bakery = Process::new(|| {
        for _ in 0..customers {
            let order = queue.get();
            queue.put(bake(&order));
            baked.release();
        }
    });
    let bakery = bakery.start()?;
    for customer in 1..=customers {
        queue.put(take_order(customer));
        baked.acquire();
        hand_over(&queue.get());
    }
    bakery.join();
    Ok(())
}
