//! verdict: wrong_output
//!
//! No process: main's own stock is sold.

use std::io;
use std::sync::atomic::Ordering::SeqCst;

fn open_branch(name: &str, sold: i32) -> io::Result<()> {
    STOCK.fetch_sub(sold, SeqCst);
    report(name);
    Ok(())
}

fn left_in_main(stock: i32, sold: i32) -> i32 {
    stock - sold
}
