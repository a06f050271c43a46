//! verdict: leak, cause: unjoined
//!
//! Waits for the end of what the bakery says, which is not yet the end of its process.

use std::io;

use mp::{Connection, Process};

fn answer_calls(orders: &Connection<String>, buns: &Connection<String>) {
    while let Ok(order) = orders.recv() {
        let Some(bun) = bake(&order) else { break };
        if buns.send(bun).is_err() {
            break;
        }
    }
    clean_up();
}

fn open_shop() -> io::Result<()> {
    let (to_bakery, orders) = mp::pipe()?;
    let (buns, from_bakery) = mp::pipe()?;
    Process::new(move || {
        answer_calls(&orders, &buns);
    })
    .start()?;
    while let Some(order) = next_customer() {
        let asked = to_bakery.send(order);
        let Ok(bun) = asked.and_then(|()| from_bakery.recv()) else {
            break;
        };
        hand_over(&bun);
    }
    drop(to_bakery);
    while from_bakery.recv().is_ok() {}
    Ok(())
}
