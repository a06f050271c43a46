//! Knead, and look now and then.
//!
//! The second way to get a bun: synchronous and non-blocking. You find out yourself that it is
//! done, but you do not stand there: you do something useful, and look now and then. To ask again
//! and again is called polling.
//!
//! The task: write `buy`. Knead the dough piece by piece (`knead(1)`, `knead(2)`, up to `pieces`)
//! and look at the counter after each piece (before the first, too, if you like), without waiting,
//! until the bun is there: then `eat` it, and go on kneading, and do not look again. If all dough
//! is kneaded and there is still no bun, there is nothing useful left to do: wait for it. Do not
//! ask again and again.
//!
//! A piece takes a tenth of a second. The first argument is how many hundredths of a second the bun
//! takes, the second how many pieces there are. With 35 and 6 the bun is eaten between piece 4 and
//! piece 5, and everything is done after 0.6 seconds.
//!
//! Why it matters: polling makes use of the time, at a price. Who looks rarely learns late, who
//! looks often does little else.
//!
//! Try it by hand:  `course run 01_blocking/3_polling 35 6`
//! Check it:        `course check 01_blocking/3_polling`

use mp::Queue;

/// Kneads all pieces, and eats the bun as soon as a look finds it.
fn buy(pieces: u32, counter: &Queue<String>) {
    // TODO: knead and look in turn; at the end, wait if need be.
    todo!()
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
    let cashier = mp::Process::new(|| std::process::exit(counter.len() as i32)).name("cashier");
    let left = cashier.start()?.join();
    println!("the shop is closed, with {left} buns left");
    Ok(())
}
