//! verdict: passed
//!
//! Another right answer: one queue will do where two semaphores say whose turn it is to take.

use std::io;

use mp::{Process, Queue, Semaphore};

fn open_shop(customers: usize) -> io::Result<()> {
    let talk: Queue<String> = Queue::unbounded();
    let (ordered, baked) = (Semaphore::new(0), Semaphore::new(0));
    let bakery = Process::new(|| {
        for _ in 0..customers {
            ordered.acquire();
            talk.put(bake(&talk.get()));
            baked.release();
        }
    });
    let bakery = bakery.start()?;
    for customer in 1..=customers {
        talk.put(take_order(customer));
        ordered.release();
        baked.acquire();
        hand_over(&talk.get());
    }
    bakery.join();
    Ok(())
}
