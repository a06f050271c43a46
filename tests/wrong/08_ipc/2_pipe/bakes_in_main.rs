//! verdict: wrong_output
//!
//! A cheat: the shop bakes the buns itself, and there is nobody to talk to.

use std::io;

fn open_shop() -> io::Result<()> {
    while let Some(order) = next_customer() {
        let Some(bun) = bake(&order) else { break };
        hand_over(&bun);
    }
    clean_up();
    Ok(())
}
