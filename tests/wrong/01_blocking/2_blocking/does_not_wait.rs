//! verdict: wrong_output, cause: unjoined
//!
//! Nobody waits: the counter is still empty.

use std::io;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    for (bun, &tenths) in tenths.iter().enumerate() {
        order(bun, tenths, counter)?;
    }
    let mut buns = Vec::new();
    while let Ok(bun) = counter.get_nowait() {
        buns.push(bun);
    }
    Ok(buns)
}
