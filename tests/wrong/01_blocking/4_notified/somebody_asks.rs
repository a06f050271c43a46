//! verdict: requirement
//!
//! The process that was sent asks every few milliseconds.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::Process;

fn sit_by_the_bell(shop: &Shop) {
    shop.bell.wait();
    eat(shop);
    knead(shop, PIECES);
}

fn send_somebody(shop: &Shop) -> io::Result<()> {
    let somebody = Process::new(|| {
        while !shop.bell.is_set() {
            sleep(Duration::from_millis(5));
        }
        eat(shop);
    });
    let somebody = somebody.start()?;
    knead(shop, PIECES);
    somebody.join();
    Ok(())
}
