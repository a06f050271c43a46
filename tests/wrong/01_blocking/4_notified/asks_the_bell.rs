//! verdict: requirement
//!
//! Sitting down is no excuse: it asks the bell again and again instead of waiting for it.

use std::io;

use mp::Process;

fn sit_by_the_bell(shop: &Shop) {
    while !shop.bell.is_set() {}
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
