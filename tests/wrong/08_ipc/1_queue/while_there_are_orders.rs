//! verdict: deadlock, cause: no_sender
//!
//! The bakery goes home as soon as there is no order, which is so at once.

use std::io;

use mp::{Process, Queue};

fn open_shop(customers: usize) -> io::Result<()> {
    let (orders, buns) = (Queue::<String>::unbounded(), Queue::unbounded());
    let bakery = Process::new(|| {
        while let Ok(order) = orders.get_nowait() {
            buns.put(bake(&order));
        }
    });
    let bakery = bakery.start()?;
    for customer in 1..=customers {
        orders.put(take_order(customer));
        hand_over(&buns.get());
    }
    bakery.join();
    Ok(())
}
