//! verdict: passed
//!
//! The buns are taken out before the start, so that they are missing in the copy, and main puts its
//! own back.

use std::io;
use std::sync::atomic::Ordering::SeqCst;

use mp::Process;

fn open_branch(name: &str, sold: i32) -> io::Result<()> {
    STOCK.fetch_sub(sold, SeqCst);
    let branch = Process::new(|| report(name)).start()?;
    branch.join();
    STOCK.fetch_add(sold, SeqCst);
    Ok(())
}

fn left_in_main(stock: i32, _sold: i32) -> i32 {
    stock
}
