//! verdict: passed
//!
//! A head baker, in a process of its own, starts the bakers, joins them, and puts the signs.

use std::io;

use mp::Process;

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let bake = || -> io::Result<()> {
        let mut baking = Vec::new();
        for baker in 1..=bakers {
            baking.push(Process::new(move || shop.bake_all(baker)).start()?);
        }
        baking.iter().for_each(|baker| _ = baker.join());
        (0..eaters).for_each(|_| shop.shelf.put(None));
        Ok(())
    };
    let head = Process::new(|| bake().expect("bakers can be started"));
    let mut started = vec![head.name("head baker").start()?];
    for _ in 0..eaters {
        started.push(Process::new(|| shop.eat_all()).start()?);
    }
    while let Some(child) = started.pop() {
        child.join();
    }
    Ok(())
}
