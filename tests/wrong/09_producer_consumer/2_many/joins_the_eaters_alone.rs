//! verdict: leak, cause: unjoined
//!
//! When all eaters have gone home, all buns are eaten. But nobody knows of the bakers.

use std::io;

use mp::{Process, Value};

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let at_work = Value::named("bakers at work", bakers);
    let bake = |baker| {
        shop.bake_all(baker);
        let mut held = at_work.lock();
        held.update(|bakers| bakers - 1);
        if held.get() == 0 {
            (0..eaters).for_each(|_| shop.shelf.put(None));
        }
    };
    for baker in 1..=bakers {
        Process::new(move || bake(baker)).start()?;
    }
    let mut eating = Vec::new();
    for _ in 0..eaters {
        eating.push(Process::new(|| shop.eat_all()).start()?);
    }
    for eater in &eating {
        eater.join();
    }
    Ok(())
}
