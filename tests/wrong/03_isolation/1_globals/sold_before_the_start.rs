//! verdict: wrong_output
//!
//! The buns are taken before the start: that is main's stock, of which the branch gets a copy.

use std::io;
use std::sync::atomic::Ordering::SeqCst;

use mp::Process;

fn open_branch(name: &str, sold: i32) -> io::Result<()> {
    STOCK.fetch_sub(sold, SeqCst);
    Process::new(|| report(name)).start()?.join();
    Ok(())
}

fn left_in_main(stock: i32, _sold: i32) -> i32 {
    stock
}
