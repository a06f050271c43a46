//! verdict: passed
//!
//! Another right answer: it waits for the ovens, and then all buns are there.

use std::io;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    let mut ovens = Vec::new();
    for (bun, &tenths) in tenths.iter().enumerate() {
        ovens.push(order(bun, tenths, counter)?);
    }
    for oven in &ovens {
        oven.join();
    }
    Ok(ovens.iter().map(|_| counter.get()).collect())
}
