//! verdict: panic
//!
//! The bakery hangs up when there is no flour, and the shop is not prepared for it.

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
        bakery.send(order).unwrap();
        hand_over(&bakery.recv().unwrap());
    }
    drop(bakery);
    baker.join();
    Ok(())
}
