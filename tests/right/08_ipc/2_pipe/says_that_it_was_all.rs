//! verdict: passed
//!
//! Another right answer: both say when they are done, and nobody needs the end of the file.

use std::io;

use mp::{Connection, Process};

type Phone = Connection<Option<String>>;

fn answer_calls(shop: &Phone) {
    while let Ok(Some(order)) = shop.recv() {
        let bun = bake(&order);
        let is_last = bun.is_none();
        if shop.send(bun).is_err() || is_last {
            break;
        }
    }
    clean_up();
}

fn open_shop() -> io::Result<()> {
    let (bakery, shop) = mp::pipe()?;
    let baker = Process::new(|| answer_calls(&shop)).start()?;
    while let Some(order) = next_customer() {
        let asked = bakery.send(Some(order));
        let Some(bun) = asked.and_then(|()| bakery.recv()).unwrap_or(None) else {
            break;
        };
        hand_over(&bun);
    }
    let _ = bakery.send(None);
    baker.join();
    Ok(())
}
