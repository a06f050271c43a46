//! verdict: passed
//!
//! Another right answer: each side owns its end, so that it hangs up when its function returns.

use std::io;

use mp::{Closed, Connection, Process};

fn answer_calls(shop: Connection<String>) {
    loop {
        match shop.recv() {
            Err(Closed) => break,
            Ok(order) => match bake(&order) {
                None => break,
                Some(bun) => shop.send(bun).unwrap_or_default(),
            },
        }
    }
    clean_up();
}

fn serve(bakery: Connection<String>) -> Result<(), Closed> {
    while let Some(order) = next_customer() {
        bakery.send(order)?;
        hand_over(&bakery.recv()?);
    }
    Ok(())
}

fn open_shop() -> io::Result<()> {
    let (bakery, shop) = mp::pipe()?;
    let baker = Process::new(|| answer_calls(shop)).start()?;
    // However the talk ends, it has ended.
    let _ = serve(bakery);
    baker.join();
    Ok(())
}
