//! verdict: requirement
//!
//! All are started, and a lock lets one eater at a time to the table.

use std::io;

use mp::{Lock, Process};

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let lock = Lock::new();
    let (mut b, mut e) = (Vec::new(), Vec::new());
    for _ in 0..eaters {
        e.push(Process::new(|| { let _held = lock.lock(); shop.eat_all() }).start()?);
    }
    for n in 1..=bakers {
        b.push(Process::new(move || shop.bake_all(n)).start()?);
    }
    b.iter().for_each(|c| drop(c.join()));
    for _ in 0..eaters {
        shop.shelf.put(None);
    }
    e.iter().for_each(|c| drop(c.join()));
    Ok(())
}
