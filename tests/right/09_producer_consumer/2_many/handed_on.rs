//! verdict: passed
//!
//! One sign, and each eater that goes home puts it back for the next.

use std::io;

use mp::Process;

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let eat = || {
        shop.eat_all();
        shop.shelf.put(None);
    };
    let start_eater = |_| Process::new(eat).start();
    let start_baker = |baker| Process::new(move || shop.bake_all(baker)).start();
    let eating: io::Result<Vec<_>> = (0..eaters).map(start_eater).collect();
    let baking: io::Result<Vec<_>> = (1..=bakers).map(start_baker).collect();
    baking?.iter().for_each(|baker| _ = baker.join());
    shop.shelf.put(None);
    eating?.iter().for_each(|eater| _ = eater.join());
    Ok(())
}
