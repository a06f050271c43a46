//! verdict: wrong_output
//!
//! Starts no more eaters than there are buns: who would have nothing to eat need not come. But so
//! many were asked for.

use std::io;

use mp::Process;

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let eaters = eaters.min(bakers * shop.buns);
    let (mut baking, mut eating) = (Vec::new(), Vec::new());
    for baker in 1..=bakers {
        baking.push(Process::new(move || shop.bake_all(baker)).start()?);
    }
    for _ in 0..eaters {
        eating.push(Process::new(|| shop.eat_all()).start()?);
    }
    for baker in &baking {
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
