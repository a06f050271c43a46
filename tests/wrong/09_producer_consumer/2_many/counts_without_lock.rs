//! verdict: deadlock, cause: lost_update
//!
//! Who is the last baker is counted, but reading and writing the count are two steps.

use std::io;

use mp::{Process, Value};

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let (mut baking, mut eating) = (Vec::new(), Vec::new());
    let at_work = Value::new(bakers);
    let done = |baker| {
        shop.bake_all(baker);
        let others = at_work.get() - 1;
        at_work.set(others);
        if others == 0 {
            (0..eaters).for_each(|_| shop.shelf.put(None));
        }
    };
    for baker in 1..=bakers {
        baking.push(Process::new(move || done(baker)).start()?);
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
