//! verdict: deadlock, cause: nobody_left
//!
//! The signs are put up when everybody has started, and the buns come after them.

use std::io;

use mp::Process;

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let (mut baking, mut eating) = (Vec::new(), Vec::new());
    for baker in 1..=bakers {
        baking.push(Process::new(move || shop.bake_all(baker)).start()?);
    }
    for _ in 0..eaters {
        eating.push(Process::new(|| shop.eat_all()).start()?);
    }
    for _ in 0..eaters {
        shop.shelf.put(None);
    }
    for baker in &baking {
        baker.join();
    }
    for eater in &eating {
        eater.join();
    }
    Ok(())
}
