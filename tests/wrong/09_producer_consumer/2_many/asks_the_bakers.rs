//! verdict: requirement
//!
//! Asks all bakers whether they are done, again and again, where `join` would wait.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::Process;

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let (mut baking, mut eating) = (Vec::new(), Vec::new());
    for baker in 1..=bakers {
        baking.push(Process::new(move || shop.bake_all(baker)).start()?);
    }
    for _ in 0..eaters {
        eating.push(Process::new(|| shop.eat_all()).start()?);
    }
    while baking.iter().any(|baker| baker.is_alive()) {
        sleep(Duration::from_millis(20));
    }
    for _ in 0..eaters {
        shop.shelf.put(None);
    }
    for eater in &eating {
        eater.join();
    }
    Ok(())
}
