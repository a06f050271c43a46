//! verdict: panic, cause: sleep_as_sync
//!
//! Gives the bakery an hour for each bun, and then takes for granted that it is there.

use std::io;
use std::thread::sleep;
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
        sleep(Duration::from_secs(3600));
        hand_over(&buns.get_nowait().expect("the bun is done"));
    }
    bakery.join();
    Ok(())
}
