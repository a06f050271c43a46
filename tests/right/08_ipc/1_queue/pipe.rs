//! verdict: passed
//!
//! Another right answer: the bakery's buns come through a pipe, and a joinable queue for orders.

use std::io;

use mp::{JoinableQueue, Process};

fn open_shop(customers: usize) -> io::Result<()> {
    let orders = JoinableQueue::<String>::new(1);
    let (shop, bakery) = mp::pipe()?;
    let work = || {
        for _ in 0..customers {
            let bun = bake(&orders.get());
            if bakery.send(bun).is_err() {
                return;
            }
            orders.task_done();
        }
    };
    let bakery = Process::new(work).start()?;
    for customer in 1..=customers {
        orders.put(take_order(customer));
        orders.join();
        if let Ok(bun) = shop.recv() {
            hand_over(&bun);
        }
    }
    bakery.join();
    Ok(())
}
