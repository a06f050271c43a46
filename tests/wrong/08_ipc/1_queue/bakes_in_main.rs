//! verdict: wrong_output
//!
//! A cheat: the shop bakes the buns itself, and there is no bakery.

use std::io;

fn open_shop(customers: usize) -> io::Result<()> {
    for customer in 1..=customers {
        let order = take_order(customer);
        hand_over(&bake(&order));
    }
    Ok(())
}
