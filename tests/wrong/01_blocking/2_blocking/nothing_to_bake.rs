//! verdict: wrong_output
//!
//! Thinks that a bun which needs no time need not be ordered.

use std::io;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    let mut ordered = 0;
    for (bun, &time) in tenths.iter().enumerate().filter(|(_, time)| **time > 0) {
        order(bun, time, counter)?;
        ordered += 1;
    }
    Ok((0..ordered).map(|_| counter.get()).collect())
}
