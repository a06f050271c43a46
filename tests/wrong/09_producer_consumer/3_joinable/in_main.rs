//! verdict: wrong_output
//!
//! Needs no queue and no helpers: main unpacks everything.

use std::io;

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let mut baskets = delivery.to_vec();
    while let Some(basket) = baskets.pop() {
        baskets.extend(shelf.unpack(basket));
    }
    Ok(())
}
