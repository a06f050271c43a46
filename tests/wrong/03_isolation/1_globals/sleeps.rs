//! verdict: wrong_order, cause: sleep_as_sync
//!
//! Main sleeps and hopes that the branch has closed by then.

use std::io;
use std::sync::atomic::Ordering::SeqCst;
use std::thread::sleep;
use std::time::Duration;

use mp::Process;

fn open_branch(name: &str, sold: i32) -> io::Result<()> {
    let branch = Process::new(|| {
        STOCK.fetch_sub(sold, SeqCst);
        report(name);
    });
    branch.start()?;
    sleep(Duration::from_secs(2));
    Ok(())
}

fn left_in_main(stock: i32, _sold: i32) -> i32 {
    stock
}

// ---- given: edits below this line are ignored ----

/// The buns in stock, as far as this process knows.
static STOCK: std::sync::atomic::AtomicI32 = std::sync::atomic::AtomicI32::new(0);

/// Says how many buns the calling process sees.
fn report(who: &str) {
    let stock = STOCK.load(std::sync::atomic::Ordering::SeqCst);
    println!("{who} sees {stock} buns");
}

/// The argument at `position`, or `default` where there is none.
fn argument(position: usize, default: i32) -> i32 {
    let text = std::env::args().nth(position);
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() -> std::io::Result<()> {
    let (stock, sold) = (argument(1, 100), argument(2, 30));
    STOCK.store(stock, std::sync::atomic::Ordering::SeqCst);
    report("main");
    open_branch("north", sold)?;
    println!("main expects {} buns", left_in_main(stock, sold));
    report("main");
    STOCK.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
    open_branch("south", sold)?;
    report("main");
    Ok(())
}
