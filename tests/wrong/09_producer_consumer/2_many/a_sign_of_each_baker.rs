//! verdict: wrong_output
//!
//! Each baker puts a sign when it is done: the eaters go home while others still bake, and there are
//! not as many signs as eaters.

use std::io;

use mp::Process;

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let (mut baking, mut eating) = (Vec::new(), Vec::new());
    for baker in 1..=bakers {
        let work = move || {
            shop.bake_all(baker);
            shop.shelf.put(None);
        };
        baking.push(Process::new(work).start()?);
    }
    for _ in 0..eaters {
        eating.push(Process::new(|| shop.eat_all()).start()?);
    }
    for baker in &baking {
        baker.join();
    }
    for eater in &eating {
        eater.join();
    }
    Ok(())
}
