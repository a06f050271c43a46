//! verdict: passed
//!
//! Another right answer: an object with a `run` method, and a last message that ends the talk.

use std::io;
use std::time::Duration;

use mp::{Process, Queue, Run};

struct Bakery<'a> {
    orders: &'a Queue<Option<String>>,
    buns: &'a Queue<String>,
}

impl Run for Bakery<'_> {
    fn run(&mut self) {
        while let Some(order) = self.orders.get() {
            self.buns.put(bake(&order));
        }
    }
}

fn open_shop(customers: usize) -> io::Result<()> {
    let (orders, buns) = (Queue::unbounded(), Queue::new(1));
    let (orders, buns) = (&orders, &buns);
    Process::of(Bakery { orders, buns }).start()?;
    for customer in 1..=customers {
        orders.put(Some(take_order(customer)));
        // Waiting for a while, again and again, is waiting too.
        let bun = loop {
            if let Ok(bun) = buns.get_timeout(Duration::from_secs(1)) {
                break bun;
            }
        };
        hand_over(&bun);
    }
    orders.put(None);
    Ok(())
}
