//! verdict: wrong_output
//!
//! All orders are sent before the first bun is received: the customers come all at once.

use std::io;

use mp::{Connection, Process};

fn answer_calls(shop: &Connection<String>) {
    while let Ok(order) = shop.recv() {
        let Some(bun) = bake(&order) else { break };
        if shop.send(bun).is_err() {
            break;
        }
    }
    clean_up();
}

fn open_shop() -> io::Result<()> {
    let (bakery, shop) = mp::pipe()?;
    let baker = Process::new(move || answer_calls(&shop)).start()?;
    let mut orders = 0;
    while let Some(order) = next_customer() {
        if bakery.send(order).is_err() {
            break;
        }
        orders += 1;
    }
    for _ in 0..orders {
        let Ok(bun) = bakery.recv() else { break };
        hand_over(&bun);
    }
    drop(bakery);
    baker.join();
    Ok(())
}
