//! verdict: deadlock, cause: nobody_left
//!
//! Waits for the baker that was started last, as if the others had to be done by then.

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
    if let Some(last) = baking.last() {
        last.join();
    }
    for _ in 0..eaters {
        shop.shelf.put(None);
    }
    for eater in &eating {
        eater.join();
    }
    Ok(())
}
