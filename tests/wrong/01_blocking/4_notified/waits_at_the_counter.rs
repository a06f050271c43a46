//! verdict: requirement
//!
//! The third way is the first one once more: it waits for the bun itself, and hears no bell.

use std::io;

use mp::Process;

fn sit_by_the_bell(shop: &Shop) {
    let bun = shop.counter.get();
    shop.counter.put(bun);
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
