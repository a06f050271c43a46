//! You, me, you, me.
//!
//! Bake a tray, sell it, bake the next one: the baker and the seller have to alternate strictly. A
//! lock alone is not enough, for who gives it back may be the next to get it. "Notify the other,
//! then wait" is not enough either: who has nobody to notify yet has notified nobody. It takes a
//! state that tells whose turn it is.
//!
//! The task: write `open_shop`. The baker is a process that calls `bake(tray)` for each tray, 1
//! first, and the seller is another process that calls `sell(tray)` for each. Each tray is sold
//! before the next one is baked. `open_shop` returns when the last tray is sold. There is one
//! baker and one seller for all trays, and who waits does not ask again and again.
//!
//! The argument is how many trays there are.
//!
//! Why it matters: machines that take turns in a protocol, players in a game, a traffic light: the
//! order is made by the program and not by luck.
//!
//! Try it by hand:  `course run 06_condition/3_turns 3`
//! Check it:        `course check 06_condition/3_turns`

use std::io;

use mp::{Condition, Process, Value};

/// Has the trays baked and sold, by two processes that take turns.
fn open_shop(trays: u32) -> io::Result<()> {
    let changed = Condition::named("turn");
    // Whose turn it is, 0 or 1; it begins with the baker's, whoever is started or chosen first.
    let turn = Value::named("whose turn", 0_u32);
    let take_turns = |me, work: fn(u32)| {
        for tray in 1..=trays {
            let mut held = changed.lock();
            held.wait_for(|| turn.get() == me);
            work(tray);
            turn.set(1 - me);
            held.notify_one();
        }
    };
    let baker = Process::new(|| take_turns(0, bake)).start()?;
    let seller = Process::new(|| take_turns(1, sell)).start()?;
    baker.join();
    seller.join();
    Ok(())
}

// ---- given: edits below this line are ignored ----

/// How often this process has worked; every process has a number of its own.
static WORKED: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);

/// Does a piece of work, which takes some time.
fn work(begin: &str, end: &str) {
    println!("{begin}");
    std::thread::sleep(std::time::Duration::from_millis(20));
    let before = WORKED.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    println!("{end} (my work, part {})", before + 1);
}

/// The baker's work.
fn bake(tray: u32) {
    let begin = format!("tray {tray} goes into the oven");
    work(&begin, &format!("tray {tray} is baked"));
}

/// The seller's work.
fn sell(tray: u32) {
    let begin = format!("tray {tray} goes on the counter");
    work(&begin, &format!("tray {tray} is sold"));
}

fn main() -> std::io::Result<()> {
    let first = std::env::args().nth(1);
    let trays = first.and_then(|text| text.parse().ok()).unwrap_or(3);
    open_shop(trays)?;
    println!("{trays} trays are sold");
    Ok(())
}
