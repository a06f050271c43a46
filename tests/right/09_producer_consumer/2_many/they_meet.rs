//! verdict: passed
//!
//! The bakers meet at a barrier when they are done; then they share out the signs.

use std::io;

use mp::{Barrier, Child, Process};

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let all_done = Barrier::new(bakers);
    let bake = |baker| {
        shop.bake_all(baker);
        all_done.wait().expect("nobody breaks it");
        let mine = (0..eaters).filter(|eater| eater % bakers + 1 == baker);
        mine.for_each(|_| shop.shelf.put(None));
    };
    let mut started: Vec<Child> = Vec::new();
    for _ in 0..eaters {
        started.push(Process::new(|| shop.eat_all()).start()?);
    }
    for baker in 1..=bakers {
        started.push(Process::new(move || bake(baker)).start()?);
    }
    for child in started {
        child.join();
    }
    Ok(())
}
