//! verdict: wrong_output
//!
//! Takes all orders first: no customer is served before the last has come.

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
    }
    for _ in 0..customers {
        hand_over(&buns.get());
    }
    bakery.join();
    Ok(())
}
