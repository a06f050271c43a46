//! verdict: wrong_output
//!
//! The bakery takes "no order yet" for "no more orders", and goes home at once.

use std::io;
use std::time::Duration;

use mp::{Connection, Process};

fn answer_calls(shop: &Connection<String>) {
    while shop.poll(Duration::ZERO) {
        let Ok(order) = shop.recv() else { break };
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
        let Ok(bun) = bakery.recv() else { break };
        hand_over(&bun);
    }
    drop(bakery);
    baker.join();
    Ok(())
}
