//! verdict: passed
//!
//! Another right answer: each wait has a time limit, and is taken up again.

use std::io;
use std::time::Duration;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    for (bun, &tenths) in tenths.iter().enumerate() {
        order(bun, tenths, counter)?;
    }
    let mut buns = Vec::new();
    while buns.len() < tenths.len() {
        if let Ok(bun) = counter.get_timeout(Duration::from_secs(1)) {
            buns.push(bun);
        }
    }
    Ok(buns)
}
