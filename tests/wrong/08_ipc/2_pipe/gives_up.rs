//! verdict: wrong_order, cause: gave_up
//!
//! The shop takes a silence of a minute for the end: the bakery may only be slow.

use std::io;
use std::time::Duration;

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
        if bakery.send(order).is_err() || !bakery.poll(Duration::from_secs(60)) {
            break;
        }
        let Ok(bun) = bakery.recv() else { break };
        hand_over(&bun);
    }
    drop(bakery);
    baker.join();
    Ok(())
}
