//! verdict: wrong_output
//!
//! Returns what was ordered, and waits for none of it.

use std::io;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    let mut buns = Vec::new();
    for (bun, &tenths) in tenths.iter().enumerate() {
        order(bun, tenths, counter)?;
        buns.push(bun);
    }
    Ok(buns)
}
