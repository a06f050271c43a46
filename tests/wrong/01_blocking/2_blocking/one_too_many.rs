//! verdict: deadlock, cause: no_sender
//!
//! It waits for one bun more than were ordered.

use std::io;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    for (bun, &tenths) in tenths.iter().enumerate() {
        order(bun, tenths, counter)?;
    }
    let mut buns: Vec<usize> = tenths.iter().map(|_| counter.get()).collect();
    buns.push(counter.get());
    Ok(buns)
}
