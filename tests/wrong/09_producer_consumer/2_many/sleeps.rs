//! verdict: deadlock, cause: nobody_left
//!
//! Sleeps until the bakers are surely done, and puts the signs then.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::Process;

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let mut eating = Vec::new();
    for baker in 1..=bakers {
        Process::new(move || shop.bake_all(baker)).start()?;
    }
    for _ in 0..eaters {
        eating.push(Process::new(|| shop.eat_all()).start()?);
    }
    sleep(Duration::from_secs(10));
    for _ in 0..eaters {
        shop.shelf.put(None);
    }
    for eater in &eating {
        eater.join();
    }
    Ok(())
}
