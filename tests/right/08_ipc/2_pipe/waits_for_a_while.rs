//! verdict: passed
//!
//! Another right answer: waits by `poll` with a time limit, and tries again when that is over.

use std::io;
use std::time::Duration;

use mp::{Connection, Process};

fn answer_calls(shop: &Connection<String>) {
    while let Ok(order) = shop.recv() {
        let sent = bake(&order).map(|bun| shop.send(bun));
        if !matches!(sent, Some(Ok(()))) {
            break;
        }
    }
    clean_up();
}

fn open_shop() -> io::Result<()> {
    let (bakery, shop) = mp::pipe()?;
    let baker = Process::new(move || answer_calls(&shop)).start()?;
    {
        let bakery = bakery;
        while let Some(order) = next_customer() {
            if bakery.send(order).is_err() {
                break;
            }
            while !bakery.poll(Duration::from_millis(500)) {}
            match bakery.recv() {
                Ok(bun) => hand_over(&bun),
                Err(_) => break,
            }
        }
    }
    baker.join();
    Ok(())
}
