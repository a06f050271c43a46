//! verdict: passed
//!
//! The shop tells the bakery which customer has come. What that one wants, the bakery knows.

use std::io;

use mp::{Process, Queue};

fn open_shop(customers: usize) -> io::Result<()> {
    let orders: Queue<usize> = Queue::unbounded();
    let buns: Queue<String> = Queue::unbounded();
    let bakery = Process::new(|| {
        for _ in 0..customers {
            let customer = orders.get();
            buns.put(bake(&wishes()[customer - 1]));
        }
    })
    .start()?;
    for customer in 1..=customers {
        take_order(customer);
        orders.put(customer);
        hand_over(&buns.get());
    }
    bakery.join();
    Ok(())
}
