//! verdict: deadlock, cause: no_sender
//!
//! The bakery waits for one more order for ever, and main for the end of the bakery.

use std::io;

use mp::{Process, Queue};

fn open_shop(customers: usize) -> io::Result<()> {
    let (orders, buns) = (Queue::<String>::unbounded(), Queue::unbounded());
    let bakery = Process::new(|| {
        loop {
            buns.put(bake(&orders.get()));
        }
    });
    bakery.start()?;
    for customer in 1..=customers {
        orders.put(take_order(customer));
        hand_over(&buns.get());
    }
    Ok(())
}
