//! attack: a process that does nothing else waits for the bell that somebody must wait for; exercise: 01_blocking/4_notified; expect: requirement, points: 3

use std::io;

use mp::Process;

fn wait_for_show(shop: &Shop) -> io::Result<()> {
    Process::new(|| drop(shop.bell.wait())).start()?;
    Ok(())
}

fn sit_by_the_bell(shop: &Shop) {
    wait_for_show(shop).expect("can be started");
    let bun = shop.counter.get();
    shop.counter.put(bun);
    eat(shop);
    knead(shop, PIECES);
}

fn send_somebody(shop: &Shop) -> io::Result<()> {
    wait_for_show(shop)?;
    let somebody = Process::new(|| {
        let bun = shop.counter.get();
        shop.counter.put(bun);
        eat(shop);
    });
    let somebody = somebody.start()?;
    knead(shop, PIECES);
    somebody.join();
    Ok(())
}

// ---- given: edits below this line are ignored ----
