//! The bell tells you.
//!
//! The last two ways to get a bun are asynchronous: you do not find out yourself that it is done,
//! you are told. The oven has a bell. Either you sit down beside it until it rings, which
//! is blocking. Or you go on kneading, which is not: then somebody else has to hear the bell.
//!
//! The task: write both. `sit_by_the_bell` waits for the bell, eats, and then kneads all pieces.
//! `send_somebody` starts a process that waits for the bell and then eats, and kneads all pieces
//! meanwhile; it returns when the dough is kneaded and the bun is eaten. Nobody asks whether the
//! bell has rung: waiting for it is enough.
//!
//! Main compares them with the two ways that you know. The argument is how many hundredths of a
//! second the bun takes; a piece of dough takes ten, and there are five.
//!
//! Why it matters: who is notified learns at once and loses no time. That is how servers, user
//! interfaces and operating systems wait for many things at the same time.
//!
//! Try it by hand:  `course run 01_blocking/4_notified 25`
//! Check it:        `course check 01_blocking/4_notified`

use std::io;

use mp::Process;

/// The third way: asynchronous, blocking.
fn sit_by_the_bell(shop: &Shop) {
    // TODO: wait for `shop.bell`, then `eat(shop)`, then `knead(shop, PIECES)`.
    todo!()
}

/// The fourth way: asynchronous, non-blocking.
fn send_somebody(shop: &Shop) -> io::Result<()> {
    // TODO: somebody else waits for the bell and eats, while this process kneads.
    todo!()
}

// ---- given: edits below this line are ignored ----

/// How many pieces of dough there are.
const PIECES: u32 = 5;

/// What there is for each way of buying a bun.
struct Shop {
    opened: std::time::Instant,
    /// Rings when the bun is done.
    bell: mp::Event,
    counter: mp::Queue<u32>,
    /// Pieces kneaded so far.
    kneaded: mp::Value<u32>,
    /// Buns eaten so far.
    eaten: mp::Value<u32>,
}

/// The time since the shop was opened, to the next twentieth of a second.
fn time(shop: &Shop) -> f64 {
    (shop.opened.elapsed().as_secs_f64() * 20.0).round() / 20.0
}

/// Kneads some pieces, each for a tenth of a second.
fn knead(shop: &Shop, pieces: u32) {
    for _ in 0..pieces {
        std::thread::sleep(std::time::Duration::from_millis(100));
        shop.kneaded.lock().update(|kneaded| kneaded + 1);
    }
}

/// Eats the bun, which must be there.
fn eat(shop: &Shop) {
    match shop.counter.get_nowait() {
        Ok(_) => {
            let (time, kneaded) = (time(shop), shop.kneaded.get());
            println!("  {time:.2} s: eaten, with {kneaded} pieces kneaded");
            shop.eaten.set(1);
        }
        Err(mp::Empty) => println!("  {:.2} s: there is no bun to eat", time(shop)),
    }
}

/// The first way, before the kneading: synchronous, blocking.
fn stand_there(shop: &Shop) {
    let bun = shop.counter.get();
    shop.counter.put(bun);
    eat(shop);
}

/// The second way: synchronous, non-blocking.
fn look_now_and_then(shop: &Shop) {
    let mut hungry = true;
    for _ in 0..PIECES {
        knead(shop, 1);
        if hungry && let Ok(bun) = shop.counter.get_nowait() {
            shop.counter.put(bun);
            eat(shop);
            hungry = false;
        }
    }
    if hungry {
        stand_there(shop);
    }
}

/// Opens a shop, orders a bun, buys it in one way, and tells how long that took.
fn compare(
    (number, name): (u32, &str),
    hundredths: u64,
    way: impl FnOnce(&Shop) -> std::io::Result<()>,
) -> std::io::Result<()> {
    println!("{name}:");
    let shop = &Shop {
        opened: std::time::Instant::now(),
        bell: mp::Event::named(&format!("bell {number}")),
        counter: mp::Queue::named("counter", 0),
        kneaded: mp::Value::named("kneaded", 0),
        eaten: mp::Value::named("eaten", 0),
    };
    let bake = || {
        std::thread::sleep(std::time::Duration::from_millis(10 * hundredths));
        shop.counter.put(1);
        shop.bell.set();
    };
    let oven = mp::Process::new(bake).name("oven").start()?;
    way(shop)?;
    println!(
        "  {:.2} s: all done, with {} pieces kneaded, {} eaten",
        time(shop),
        shop.kneaded.get(),
        shop.eaten.get()
    );
    oven.join();
    Ok(())
}

fn main() -> std::io::Result<()> {
    let first = std::env::args().nth(1);
    let hundredths = first.and_then(|text| text.parse().ok()).unwrap_or(25);
    compare((1, "synchronous, blocking"), hundredths, |shop| {
        stand_there(shop);
        knead(shop, PIECES);
        Ok(())
    })?;
    compare((2, "synchronous, non-blocking"), hundredths, |shop| {
        look_now_and_then(shop);
        Ok(())
    })?;
    compare((3, "asynchronous, blocking"), hundredths, |shop| {
        sit_by_the_bell(shop);
        Ok(())
    })?;
    compare((4, "asynchronous, non-blocking"), hundredths, send_somebody)
}
