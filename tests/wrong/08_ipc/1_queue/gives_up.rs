//! verdict: wrong_order, cause: gave_up
//!
//! Waits for the bun for a minute; if the bakery takes longer, the customer gets none.

use std::io;
use std::time::Duration;

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
        if let Ok(bun) = buns.get_timeout(Duration::from_secs(60)) {
            hand_over(&bun);
        }
    }
    bakery.join();
    Ok(())
}
