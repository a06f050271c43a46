//! verdict: wrong_output, cause: unjoined
//!
//! Is done when the dough is kneaded, whether the bun is eaten or not.

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
    Ok(())
}
