//! attack: a bell of the answer's own has the name of the one that somebody must wait for; exercise: 01_blocking/4_notified; expect: requirement, points: 3

use std::io;

use mp::{Event, Process};

fn wait_at_another(bell: &str) -> io::Result<()> {
    let other = &Event::named(bell);
    let child = Process::new(|| {
        other.wait();
    });
    let child = child.start()?;
    std::thread::sleep(std::time::Duration::from_micros(1));
    other.set();
    child.join();
    Ok(())
}

fn sit_by_the_bell(shop: &Shop) {
    wait_at_another("bell 3").expect("can be started");
    // What is asked for is to wait for the bell: this waits for the bun.
    let bun = shop.counter.get();
    shop.counter.put(bun);
    eat(shop);
    knead(shop, PIECES);
}

fn send_somebody(shop: &Shop) -> io::Result<()> {
    let somebody = Process::new(|| {
        shop.bell.wait();
        eat(shop);
    });
    let somebody = somebody.start()?;
    knead(shop, PIECES);
    somebody.join();
    Ok(())
}

// ---- given: edits below this line are ignored ----
