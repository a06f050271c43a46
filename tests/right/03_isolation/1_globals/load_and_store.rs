//! verdict: passed
//!
//! Another right answer: load and store, and main looks instead of being told.

use std::io;
use std::sync::atomic::Ordering::SeqCst;

use mp::Process;

fn sell(name: &str, sold: i32) {
    let before = STOCK.load(SeqCst);
    STOCK.store(before - sold, SeqCst);
    report(name);
}

fn open_branch(name: &str, sold: i32) -> io::Result<()> {
    let branch = Process::new(|| sell(name, sold)).name(name).start()?;
    branch.join();
    Ok(())
}

fn left_in_main(_stock: i32, _sold: i32) -> i32 {
    STOCK.load(SeqCst)
}
