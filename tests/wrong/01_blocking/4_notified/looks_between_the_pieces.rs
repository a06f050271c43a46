//! verdict: wrong_output
//!
//! It looks at the bell between two pieces: that was the second way, and it learns late.

use std::io;

fn sit_by_the_bell(shop: &Shop) {
    shop.bell.wait();
    eat(shop);
    knead(shop, PIECES);
}

fn send_somebody(shop: &Shop) -> io::Result<()> {
    let mut hungry = true;
    for _ in 0..PIECES {
        knead(shop, 1);
        if hungry && shop.bell.is_set() {
            eat(shop);
            hungry = false;
        }
    }
    Ok(())
}
