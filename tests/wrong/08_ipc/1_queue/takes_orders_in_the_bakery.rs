//! verdict: wrong_output
//!
//! The bakery takes the orders itself, and only the buns are sent.

use std::io;

use mp::{Process, Queue};

fn open_shop(customers: usize) -> io::Result<()> {
    let buns = Queue::unbounded();
    let bakery = Process::new(|| {
        for customer in 1..=customers {
            buns.put(bake(&take_order(customer)));
        }
    });
    let bakery = bakery.start()?;
    for _ in 0..customers {
        hand_over(&buns.get());
    }
    bakery.join();
    Ok(())
}
