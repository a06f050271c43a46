//! verdict: deadlock, cause: no_sender
//!
//! It waits at the end although the bun was eaten long ago.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    for piece in 1..=pieces {
        knead(piece);
        if let Ok(bun) = counter.get_nowait() {
            eat(&bun);
        }
    }
    eat(&counter.get());
}

// ---- given: edits below this line are ignored ----

/// Kneads a piece of dough, which takes a tenth of a second.
fn knead(piece: u32) {
    std::thread::sleep(std::time::Duration::from_millis(100));
    println!("piece {piece} is kneaded");
}

fn eat(bun: &str) {
    println!("I eat {bun}");
}

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let mut number = || args.next().and_then(|text| text.parse::<u32>().ok());
    let hundredths = number().unwrap_or(35);
    let pieces = number().unwrap_or(6);
    let counter = &mp::Queue::named("counter", 0);
    let bake = || {
        std::thread::sleep(std::time::Duration::from_millis(10 * u64::from(hundredths)));
        counter.put(format!("a bun that took {hundredths} hundredths"));
    };
    let oven = mp::Process::new(bake).name("oven").start()?;
    buy(pieces, counter);
    oven.join();
    println!("the shop is closed, with {} buns left", counter.len());
    Ok(())
}
