//! verdict: wrong_output
//!
//! A cheat: main plays the branch, and puts the buns back afterwards.

use std::io;
use std::sync::atomic::Ordering::SeqCst;

fn open_branch(name: &str, sold: i32) -> io::Result<()> {
    STOCK.fetch_sub(sold, SeqCst);
    report(name);
    STOCK.fetch_add(sold, SeqCst);
    Ok(())
}

fn left_in_main(stock: i32, _sold: i32) -> i32 {
    stock
}
