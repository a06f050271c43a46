//! verdict: wrong_output
//!
//! Sells no more than there are, which nobody asked for.

use std::io;
use std::sync::atomic::Ordering::SeqCst;

use mp::Process;

fn open_branch(name: &str, sold: i32) -> io::Result<()> {
    let branch = Process::new(|| {
        STOCK.fetch_sub(sold.min(STOCK.load(SeqCst)), SeqCst);
        report(name);
    });
    branch.start()?.join();
    Ok(())
}

fn left_in_main(stock: i32, _sold: i32) -> i32 {
    stock
}
