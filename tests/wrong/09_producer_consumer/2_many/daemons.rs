//! verdict: wrong_output
//!
//! Eaters as daemons need no sign, says somebody: they end when main ends. So they do, with their
//! mouths full.

use std::io;

use mp::Process;

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let mut baking = Vec::new();
    for baker in 1..=bakers {
        baking.push(Process::new(move || shop.bake_all(baker)).start()?);
    }
    for _ in 0..eaters {
        let eater = Process::new(|| shop.eat_all());
        eater.daemon(true).start()?;
    }
    for baker in &baking {
        baker.join();
    }
    Ok(())
}
