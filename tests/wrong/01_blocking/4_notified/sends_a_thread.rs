//! verdict: requirement
//!
//! A thread is sent, which is no process.

use std::io;
use std::thread;

fn sit_by_the_bell(shop: &Shop) {
    shop.bell.wait();
    eat(shop);
    knead(shop, PIECES);
}

fn send_somebody(shop: &Shop) -> io::Result<()> {
    thread::scope(|scope| {
        scope.spawn(|| {
            shop.bell.wait();
            eat(shop);
        });
        knead(shop, PIECES);
    });
    Ok(())
}
