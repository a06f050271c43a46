//! verdict: requirement
//!
//! Waits for each baker before the next one begins.

use std::io;

use mp::Process;

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let mut eating = Vec::new();
    for _ in 0..eaters {
        eating.push(Process::new(|| shop.eat_all()).start()?);
    }
    for baker in 1..=bakers {
        let baker = Process::new(move || shop.bake_all(baker)).start()?;
        baker.join();
    }
    for _ in 0..eaters {
        shop.shelf.put(None);
    }
    for eater in &eating {
        eater.join();
    }
    Ok(())
}
