//! verdict: wrong_output
//!
//! Nobody waits for the bell: the counter is empty.

use std::io;

use mp::Process;

fn sit_by_the_bell(shop: &Shop) {
    eat(shop);
    knead(shop, PIECES);
}

fn send_somebody(shop: &Shop) -> io::Result<()> {
    let somebody = Process::new(|| {
        shop.bell.wait();
        eat(shop);
    });
    let somebody = somebody.start()?;
    knead(shop, PIECES);
    somebody.join();
    Ok(())
}
