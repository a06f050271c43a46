//! verdict: wrong_output
//!
//! A cheat: the shop knows what the bakery will say, and does not wait for it.

use std::io;

use mp::{Process, Queue};

fn open_shop(customers: usize) -> io::Result<()> {
    let orders = Queue::<String>::unbounded();
    let bakery = Process::new(|| {
        for _ in 0..customers {
            bake(&orders.get());
        }
    });
    let bakery = bakery.start()?;
    for customer in 1..=customers {
        let order = take_order(customer);
        orders.put(order.clone());
        hand_over(&format!("{order} bun, number {customer}"));
    }
    bakery.join();
    Ok(())
}
