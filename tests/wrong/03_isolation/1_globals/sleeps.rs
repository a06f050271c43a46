//! verdict: wrong_order, cause: sleep_as_sync
//!
//! Main sleeps and hopes that the branch has closed by then.

use std::io;
use std::sync::atomic::Ordering::SeqCst;
use std::thread::sleep;
use std::time::Duration;

use mp::Process;

fn open_branch(name: &str, sold: i32) -> io::Result<()> {
    let branch = Process::new(|| {
        STOCK.fetch_sub(sold, SeqCst);
        report(name);
    });
    branch.start()?;
    sleep(Duration::from_secs(2));
    Ok(())
}

fn left_in_main(stock: i32, _sold: i32) -> i32 {
    stock
}
