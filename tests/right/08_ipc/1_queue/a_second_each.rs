//! verdict: passed
//!
//! A second is long enough for every bun: the limit runs out when somebody is late, and not again and again.

use std::io;
use std::time::Duration;

use mp::{Process, Queue};

fn receive(queue: &Queue<String>) -> String {
    loop {
        if let Ok(message) = queue.get_timeout(Duration::from_secs(1)) {
            return message;
        }
    }
}

fn open_shop(customers: usize) -> io::Result<()> {
    let orders = Queue::named("orders", 1);
    let buns = Queue::named("buns", 1);
    let bakery = Process::new(|| {
        for _ in 0..customers {
            let order = receive(&orders);
            buns.put(bake(&order));
        }
    });
    let bakery = bakery.name("bakery").start()?;
    for customer in 1..=customers {
        orders.put(take_order(customer));
        hand_over(&receive(&buns));
    }
    bakery.join();
    Ok(())
}
