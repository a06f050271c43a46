//! verdict: passed
//!
//! Another right answer: a pipe for each direction, and the customers are served by an iterator.

use std::io;

use mp::{Connection, Process, Run};

struct Bakery {
    orders: Connection<String>,
    buns: Connection<String>,
}

impl Run for Bakery {
    fn run(&mut self) {
        while let Some(bun) = self.orders.recv().ok().and_then(|order| bake(&order)) {
            if self.buns.send(bun).is_err() {
                break;
            }
        }
        clean_up();
    }
}

fn open_shop() -> io::Result<()> {
    let (to_bakery, orders) = mp::named_pipe("orders")?;
    let (buns, from_bakery) = mp::named_pipe("buns")?;
    let baker = Process::of(Bakery { orders, buns }).start()?;
    let ask = |order| {
        to_bakery.send(order).ok()?;
        from_bakery.recv().ok()
    };
    std::iter::from_fn(next_customer)
        .map_while(ask)
        .for_each(|bun| hand_over(&bun));
    drop(to_bakery);
    baker.join();
    Ok(())
}
