//! verdict: wrong_order, cause: sleep_as_sync
//!
//! It sleeps for as long as the slowest bun should take: in some schedule that is not enough.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    for (bun, &tenths) in tenths.iter().enumerate() {
        order(bun, tenths, counter)?;
    }
    let longest = tenths.iter().max().copied().unwrap_or(0);
    sleep(Duration::from_millis(100 * longest + 50));
    let mut buns = Vec::new();
    while let Ok(bun) = counter.get_nowait() {
        buns.push(bun);
    }
    Ok(buns)
}
