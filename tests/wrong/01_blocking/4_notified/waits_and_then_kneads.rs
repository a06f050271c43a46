//! verdict: wrong_output
//!
//! Both sit by the bell.

use std::io;

fn sit_by_the_bell(shop: &Shop) {
    shop.bell.wait();
    eat(shop);
    knead(shop, PIECES);
}

fn send_somebody(shop: &Shop) -> io::Result<()> {
    sit_by_the_bell(shop);
    Ok(())
}
