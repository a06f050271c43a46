//! verdict: wrong_order, cause: sleep_as_sync
//!
//! Each sleeps for as long as the other may need.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::Process;

fn open_shop(trays: u32) -> io::Result<()> {
    let opened = std::time::Instant::now();
    let at = |tenths: u32| {
        let time = Duration::from_millis(100) * tenths;
        sleep(time.saturating_sub(opened.elapsed()));
    };
    let baker = Process::new(|| {
        for tray in 1..=trays {
            at(2 * tray);
            bake(tray);
        }
    });
    let seller = Process::new(|| {
        for tray in 1..=trays {
            at(2 * tray + 1);
            sell(tray);
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
