//! verdict: requirement
//!
//! It asks for a bun as fast as it can instead of waiting for it.

use std::io;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    for (bun, &tenths) in tenths.iter().enumerate() {
        order(bun, tenths, counter)?;
    }
    let mut buns = Vec::new();
    while buns.len() < tenths.len() {
        buns.extend(counter.get_nowait());
    }
    Ok(buns)
}
