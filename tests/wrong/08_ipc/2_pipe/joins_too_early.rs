//! verdict: deadlock, cause: no_sender
//!
//! Waits for the end of the bakery instead of its answer.

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
    while let Some(order) = next_customer() {
        if bakery.send(order).is_err() {
            break;
        }
        baker.join();
        let Ok(bun) = bakery.recv() else { break };
        hand_over(&bun);
    }
    drop(bakery);
    Ok(())
}
