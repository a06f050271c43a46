//! verdict: passed
//!
//! Another right answer: the last bun first, and a loop until none is missing.

use std::io;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    for (bun, &tenths) in tenths.iter().enumerate().rev() {
        order(bun, tenths, counter)?;
    }
    let mut buns = Vec::with_capacity(tenths.len());
    while buns.len() < tenths.len() {
        let bun = counter.get();
        buns.push(bun);
    }
    Ok(buns)
}
