//! verdict: requirement
//!
//! Sleeping between the questions makes polling cheaper, not waiting.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    for (bun, &tenths) in tenths.iter().enumerate() {
        order(bun, tenths, counter)?;
    }
    let mut buns = Vec::new();
    while buns.len() < tenths.len() {
        sleep(Duration::from_millis(10));
        buns.extend(counter.get_nowait());
    }
    Ok(buns)
}
