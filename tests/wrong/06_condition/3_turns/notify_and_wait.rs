//! verdict: deadlock, cause: lost_wakeup
//!
//! Notifies the other and waits, without a state: at the end, or when the other is not there yet,
//! there is nobody who hears it.

use std::io;

use mp::{Condition, Process};

fn open_shop(trays: u32) -> io::Result<()> {
    let changed = Condition::named("turn");
    let baker = Process::new(|| {
        let mut held = changed.lock();
        for tray in 1..=trays {
            bake(tray);
            held.notify_one();
            held.wait();
        }
    });
    let seller = Process::new(|| {
        let mut held = changed.lock();
        for tray in 1..=trays {
            held.wait();
            sell(tray);
            held.notify_one();
        }
    });
    let (baker, seller) = (baker.start()?, seller.start()?);
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
