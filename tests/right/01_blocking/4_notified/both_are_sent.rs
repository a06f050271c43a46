//! verdict: passed
//!
//! Another right answer: a process for each, and the third way waits with a time limit.

use std::io;
use std::time::Duration;

use mp::Process;

fn sit_by_the_bell(shop: &Shop) {
    while !shop.bell.wait_timeout(Duration::from_secs(1)) {}
    eat(shop);
    knead(shop, PIECES);
}

fn send_somebody(shop: &Shop) -> io::Result<()> {
    let eater = Process::new(|| {
        shop.bell.wait();
        eat(shop);
    });
    let both = [
        eater.start()?,
        Process::new(|| knead(shop, PIECES)).start()?,
    ];
    both.iter().for_each(|child| drop(child.join()));
    Ok(())
}
