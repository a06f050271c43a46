//! verdict: wrong_output
//!
//! It sends somebody, and waits for them before it kneads.

use std::io;

use mp::Process;

fn sit_by_the_bell(shop: &Shop) {
    shop.bell.wait();
    eat(shop);
    knead(shop, PIECES);
}

fn send_somebody(shop: &Shop) -> io::Result<()> {
    let somebody = Process::new(|| {
        shop.bell.wait();
        eat(shop);
    });
    somebody.start()?.join();
    knead(shop, PIECES);
    Ok(())
}
