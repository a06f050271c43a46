//! verdict: wrong_output
//!
//! The third way waits first and kneads then.

use std::io;

use mp::Process;

fn sit_by_the_bell(shop: &Shop) {
    knead(shop, PIECES);
    shop.bell.wait();
    eat(shop);
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
