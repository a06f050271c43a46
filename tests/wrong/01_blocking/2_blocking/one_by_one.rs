//! verdict: requirement
//!
//! The next bun is ordered only when the last one is there.

use std::io;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    let mut buns = Vec::new();
    for (bun, &tenths) in tenths.iter().enumerate() {
        order(bun, tenths, counter)?;
        buns.push(counter.get());
    }
    Ok(buns)
}
