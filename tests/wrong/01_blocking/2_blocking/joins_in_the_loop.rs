//! verdict: requirement
//!
//! `join` waits for each oven before the next one is lit.

use std::io;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    for (bun, &tenths) in tenths.iter().enumerate() {
        order(bun, tenths, counter)?.join();
    }
    Ok(tenths.iter().map(|_| counter.get()).collect())
}
