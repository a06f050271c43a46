//! verdict: wrong_output
//!
//! The shop goes on taking orders although the bakery has hung up.

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
        let _ = bakery.send(order);
        if let Ok(bun) = bakery.recv() {
            hand_over(&bun);
        }
    }
    drop(bakery);
    baker.join();
    Ok(())
}
