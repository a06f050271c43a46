//! verdict: requirement
//!
//! It asks each oven again and again whether it is still hot.

use std::io;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    let mut ovens = Vec::new();
    for (bun, &tenths) in tenths.iter().enumerate() {
        ovens.push(order(bun, tenths, counter)?);
    }
    while ovens.iter().any(|oven| oven.is_alive()) {}
    Ok(tenths.iter().map(|_| counter.get()).collect())
}
