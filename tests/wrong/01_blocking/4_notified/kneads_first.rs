//! verdict: wrong_output
//!
//! The bun is eaten only when all dough is kneaded: nobody hears the bell meanwhile.

use std::io;

fn sit_by_the_bell(shop: &Shop) {
    shop.bell.wait();
    eat(shop);
    knead(shop, PIECES);
}

fn send_somebody(shop: &Shop) -> io::Result<()> {
    knead(shop, PIECES);
    shop.bell.wait();
    eat(shop);
    Ok(())
}
