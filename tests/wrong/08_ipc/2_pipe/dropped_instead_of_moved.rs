//! verdict: wrong_output
//!
//! Main drops the bakery's end, which it has only lent: the bakery may not have used it yet, so that
//! nobody holds it.

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
    let baker = Process::new(|| answer_calls(&shop)).start()?;
    drop(shop);
    while let Some(order) = next_customer() {
        if bakery.send(order).is_err() {
            break;
        }
        let Ok(bun) = bakery.recv() else { break };
        hand_over(&bun);
    }
    drop(bakery);
    baker.join();
    Ok(())
}
