//! verdict: deadlock, cause: mutual_wait
//!
//! Waits for the end of the bakery instead of its answer; the bakery waits for the next order.

use std::io;

use mp::{Process, Queue};

fn open_shop(customers: usize) -> io::Result<()> {
    let (orders, buns) = (Queue::<String>::unbounded(), Queue::unbounded());
    let bakery = Process::new(|| {
        for _ in 0..customers {
            buns.put(bake(&orders.get()));
        }
    });
    let bakery = bakery.start()?;
    for customer in 1..=customers {
        orders.put(take_order(customer));
        bakery.join();
        hand_over(&buns.get());
    }
    Ok(())
}
