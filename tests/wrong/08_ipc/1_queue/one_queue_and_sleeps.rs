//! verdict: deadlock, cause: no_sender
//!
//! One queue, and pauses so that the other takes what is meant for it: it need not.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::{Process, Queue};

fn open_shop(customers: usize) -> io::Result<()> {
    let queue: Queue<String> = Queue::unbounded();
    let bakery = Process::new(|| {
        for _ in 0..customers {
            let order = queue.get();
            queue.put(bake(&order));
            sleep(Duration::from_millis(500));
        }
    });
    let bakery = bakery.start()?;
    for customer in 1..=customers {
        queue.put(take_order(customer));
        sleep(Duration::from_millis(100));
        hand_over(&queue.get());
        sleep(Duration::from_secs(1));
    }
    bakery.join();
    Ok(())
}
