//! verdict: wrong_order, cause: unjoined
//!
//! Waits for the bell in the end, not for the one who eats: the bun is there, and not eaten yet.

use std::io;

use mp::Process;

fn sit_by_the_bell(shop: &Shop) {
    shop.bell.wait();
    eat(shop);
    knead(shop, PIECES);
}

fn send_somebody(shop: &Shop) -> io::Result<()> {
    let somebody = || {
        shop.bell.wait();
        eat(shop);
    };
    Process::new(somebody).start()?;
    knead(shop, PIECES);
    shop.bell.wait();
    Ok(())
}
