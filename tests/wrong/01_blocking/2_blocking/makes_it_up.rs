//! verdict: wrong_output
//!
//! Whoever orders nothing gets nothing; the numbers are made up.

use std::io;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    let _ = counter;
    Ok((0..tenths.len()).collect())
}
