//! verdict: wrong_output
//!
//! Knows the numbers of the buns, joins the ovens, and leaves the buns on the counter.

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
    Ok((0..tenths.len()).collect())
}
