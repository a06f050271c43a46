//! verdict: wrong_output, cause: sleep_as_sync
//!
//! It sleeps for as long as a bun took once.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::Process;

fn sit_by_the_bell(shop: &Shop) {
    sleep(Duration::from_millis(250));
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
