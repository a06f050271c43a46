//! verdict: requirement
//!
//! Both ask again and again whether there is something, where `get` would wait.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::{Process, Queue};

fn open_shop(customers: usize) -> io::Result<()> {
    let (orders, buns) = (Queue::<String>::unbounded(), Queue::unbounded());
    let bakery = Process::new(|| {
        let mut baked = 0;
        while baked < customers {
            if let Ok(order) = orders.get_timeout(Duration::ZERO) {
                buns.put(bake(&order));
                baked += 1;
            }
        }
    });
    let bakery = bakery.start()?;
    for customer in 1..=customers {
        orders.put(take_order(customer));
        while buns.is_empty() {
            sleep(Duration::from_millis(10));
        }
        hand_over(&buns.get());
    }
    bakery.join();
    Ok(())
}
