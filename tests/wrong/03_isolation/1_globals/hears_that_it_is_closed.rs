//! verdict: leak, cause: unjoined
//!
//! Waits for the last thing that the branch does, which is not yet its end.

use std::io;
use std::sync::atomic::Ordering::SeqCst;

use mp::{Event, Process};

fn open_branch(name: &str, sold: i32) -> io::Result<()> {
    let closed = Event::new();
    Process::new(|| {
        STOCK.fetch_sub(sold, SeqCst);
        report(name);
        closed.set();
    })
    .start()?;
    closed.wait();
    Ok(())
}

fn left_in_main(stock: i32, _sold: i32) -> i32 {
    stock
}
