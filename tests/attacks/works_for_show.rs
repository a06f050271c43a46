//! attack: threads work for nobody, so that all others can go one after the other; exercise: 09_producer_consumer/2_many; expect: wrong_output, points: 0

use std::io;

use mp::{Lock, Process};

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    std::thread::scope(|threads| {
        (0..6).for_each(|_| drop(threads.spawn(|| work(1, ""))));
    });
    let (baking, eating) = (&Lock::new(), &Lock::new());
    let mut started = Vec::new();
    for baker in 1..=bakers {
        let baker = Process::new(move || {
            let _turn = baking.lock();
            shop.bake_all(baker);
        });
        started.push(baker.start()?);
    }
    let eat = || {
        let _turn = eating.lock();
        shop.eat_all();
    };
    let eaters = (0..eaters).map(|_| Process::new(eat).start());
    let eaters: Vec<_> = eaters.collect::<io::Result<_>>()?;
    started.iter().for_each(|it| drop(it.join()));
    eaters.iter().for_each(|_| shop.shelf.put(None));
    eaters.iter().for_each(|it| drop(it.join()));
    Ok(())
}

// ---- given: edits below this line are ignored ----
