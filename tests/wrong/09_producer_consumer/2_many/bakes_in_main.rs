//! verdict: wrong_output
//!
//! Saves the bakers' processes: main bakes all buns itself, one after the other.

use std::io;

use mp::Process;

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let mut eating = Vec::new();
    for _ in 0..eaters {
        eating.push(Process::new(|| shop.eat_all()).start()?);
    }
    for baker in 1..=bakers {
        shop.bake_all(baker);
    }
    for _ in 0..eaters {
        shop.shelf.put(None);
    }
    for eater in &eating {
        eater.join();
    }
    Ok(())
}
