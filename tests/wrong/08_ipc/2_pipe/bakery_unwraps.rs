//! verdict: panic
//!
//! The end of the file is an error for `recv`, and `unwrap` makes a panic of it.

use std::io;

use mp::{Connection, Process};

fn answer_calls(shop: &Connection<String>) {
    loop {
        let order = shop.recv().unwrap();
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
