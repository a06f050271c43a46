//! verdict: wrong_output
//!
//! Expects that main sees what the branch did to its copy.

use std::io;
use std::sync::atomic::Ordering::SeqCst;

use mp::Process;

fn open_branch(name: &str, sold: i32) -> io::Result<()> {
    let branch = Process::new(|| {
        STOCK.fetch_sub(sold, SeqCst);
        report(name);
    });
    branch.start()?.join();
    Ok(())
}

fn left_in_main(stock: i32, sold: i32) -> i32 {
    stock - sold
}
