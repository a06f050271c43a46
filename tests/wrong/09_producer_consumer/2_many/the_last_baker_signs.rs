//! verdict: deadlock, cause: nobody_left
//!
//! The baker with the highest number was started last. It need not be done last.

use std::io;

use mp::Process;

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let (mut baking, mut eating) = (Vec::new(), Vec::new());
    for baker in 1..=bakers {
        let work = move || {
            shop.bake_all(baker);
            if baker == bakers {
                (0..eaters).for_each(|_| shop.shelf.put(None));
            }
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
