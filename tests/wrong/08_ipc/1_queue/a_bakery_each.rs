//! verdict: wrong_output
//!
//! A new bakery for each order: each begins to count its buns anew.

use std::io;

use mp::{Process, Queue};

fn open_shop(customers: usize) -> io::Result<()> {
    let buns = Queue::unbounded();
    for customer in 1..=customers {
        let order = take_order(customer);
        let bakery = Process::new(|| buns.put(bake(&order))).start()?;
        hand_over(&buns.get());
        bakery.join();
    }
    Ok(())
}
