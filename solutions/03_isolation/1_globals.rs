//! A global is not shared.
//!
//! A started process begins with a copy of its parent's whole memory, made at the moment of the
//! start. From then on each changes only its own copy: the memories are isolated. A `static` looks
//! like one place that everybody meets at. Between processes it is as many places as there are
//! processes.
//!
//! The task: the stock of buns is the global `STOCK`. Write `open_branch`: it starts a process that
//! sells, so that `sold` buns are missing in its `STOCK`, and calls `report(name)` there. Main's
//! own `STOCK` stays as it was. It returns when that process has ended and was joined. Then say, in
//! `left_in_main`, what main sees in `STOCK` after that. Main itself eats one bun before it opens
//! the second branch: look at what the second one starts with. Nobody asks again and again.
//!
//! Why it matters: a result that a process leaves in a global is lost, without any error. How to
//! bring one back is the subject of later topics.
//!
//! Try it by hand:  `course run 03_isolation/1_globals 100 30`
//! Check it:        `course check 03_isolation/1_globals`

use std::io;
use std::sync::atomic::Ordering::SeqCst;

use mp::Process;

/// Opens the branch `name` in a process of its own, and waits until it closes.
fn open_branch(name: &str, sold: i32) -> io::Result<()> {
    // The subtraction has to stand inside the closure: before the start it would be main's own.
    let branch = Process::new(|| {
        STOCK.fetch_sub(sold, SeqCst);
        report(name);
    });
    branch.start()?.join();
    Ok(())
}

/// What main sees in `STOCK`, which was `stock`, after a branch sold `sold` buns.
fn left_in_main(stock: i32, _sold: i32) -> i32 {
    // The branch sold from its own copy.
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
