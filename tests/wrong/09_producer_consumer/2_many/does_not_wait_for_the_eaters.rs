//! verdict: wrong_output, cause: unjoined
//!
//! All is right up to the signs. Then it returns, with the last buns still being eaten.

use std::io;

use mp::Process;

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let mut baking = Vec::new();
    for baker in 1..=bakers {
        baking.push(Process::new(move || shop.bake_all(baker)).start()?);
    }
    for _ in 0..eaters {
        Process::new(|| shop.eat_all()).start()?;
    }
    for baker in &baking {
        baker.join();
    }
    for _ in 0..eaters {
        shop.shelf.put(None);
    }
    Ok(())
}
