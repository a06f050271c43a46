//! verdict: wrong_output
//!
//! A new bakery for each order: none of them ever runs out of flour.

use std::io;

use mp::Process;

fn open_shop() -> io::Result<()> {
    while let Some(order) = next_customer() {
        let (bakery, shop) = mp::pipe()?;
        let work = move || {
            if let Some(bun) = bake(&order) {
                let _ = shop.send(bun);
            }
            clean_up();
        };
        let baker = Process::new(work).start()?;
        let Ok(bun) = bakery.recv() else { break };
        hand_over(&bun);
        baker.join();
    }
    Ok(())
}
