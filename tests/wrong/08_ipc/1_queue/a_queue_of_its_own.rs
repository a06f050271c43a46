//! verdict: deadlock, cause: nobody_left
//!
//! The bakery makes a queue for its buns, which main does not have: main's is another one.

use std::io;

use mp::{Process, Queue};

fn open_shop(customers: usize) -> io::Result<()> {
    let orders: Queue<String> = Queue::unbounded();
    let bakery = Process::new(|| {
        let buns = Queue::unbounded();
        for _ in 0..customers {
            buns.put(bake(&orders.get()));
        }
    });
    let bakery = bakery.start()?;
    let buns: Queue<String> = Queue::unbounded();
    for customer in 1..=customers {
        orders.put(take_order(customer));
        hand_over(&buns.get());
    }
    bakery.join();
    Ok(())
}
