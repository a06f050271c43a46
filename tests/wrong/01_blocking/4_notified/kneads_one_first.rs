//! verdict: wrong_output
//!
//! Kneads a piece before anybody is sent: too late for a bun that is done at once.

use std::io;

use mp::Process;

fn sit_by_the_bell(shop: &Shop) {
    shop.bell.wait();
    eat(shop);
    knead(shop, PIECES);
}

fn send_somebody(shop: &Shop) -> io::Result<()> {
    knead(shop, 1);
    let somebody = Process::new(|| {
        shop.bell.wait();
        eat(shop);
    });
    let somebody = somebody.start()?;
    knead(shop, PIECES - 1);
    somebody.join();
    Ok(())
}
