//! verdict: wrong_output
//!
//! When the shelf is empty, the eaters are terminated: the last buns are not eaten up, and nobody
//! goes home.

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
    for baker in &baking {
        baker.join();
    }
    while !shop.shelf.is_empty() {
        sleep(Duration::from_millis(100));
    }
    for eater in &eating {
        eater.terminate();
        eater.join();
    }
    Ok(())
}
