//! verdict: requirement
//!
//! Main asks again and again whether the branch is closed.

use std::io;
use std::sync::atomic::Ordering::SeqCst;

use mp::Process;

fn open_branch(name: &str, sold: i32) -> io::Result<()> {
    let branch = Process::new(|| {
        STOCK.fetch_sub(sold, SeqCst);
        report(name);
    });
    let branch = branch.start()?;
    while branch.is_alive() {}
    Ok(())
}

fn left_in_main(stock: i32, _sold: i32) -> i32 {
    stock
}
