//! verdict: passed
//!
//! Another right answer: the bakery is a daemon, which need not know how many customers there are.

use std::io;

use mp::{Process, Queue};

fn open_shop(customers: usize) -> io::Result<()> {
    let (orders, buns) = (Queue::<String>::unbounded(), Queue::unbounded());
    let bakery = Process::new(|| {
        loop {
            buns.put(bake(&orders.get()));
        }
    });
    bakery.daemon(true).start()?;
    for customer in 1..=customers {
        orders.put(take_order(customer));
        hand_over(&buns.get());
    }
    Ok(())
}
