//! verdict: passed
//!
//! The state is how much was done in all: even is the baker's turn. The work is done without the lock,
//! for nobody else works before the count goes on.

use std::io;

use mp::{Condition, Process, Value};

fn wait_until(done: &Value<u32>, changed: &Condition, number: u32) {
    changed.lock().wait_for(|| done.get() == number);
}

fn one_more(done: &Value<u32>, changed: &Condition) {
    let held = changed.lock();
    done.lock().update(|done| done + 1);
    held.notify_all();
}

fn open_shop(trays: u32) -> io::Result<()> {
    let (done, changed) = (Value::new(0_u32), Condition::new());
    let baker = Process::new(|| {
        for tray in 1..=trays {
            wait_until(&done, &changed, 2 * tray - 2);
            bake(tray);
            one_more(&done, &changed);
        }
    });
    let seller = Process::new(|| {
        for tray in 1..=trays {
            wait_until(&done, &changed, 2 * tray - 1);
            sell(tray);
            one_more(&done, &changed);
        }
    });
    let (seller, baker) = (seller.start()?, baker.start()?);
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
