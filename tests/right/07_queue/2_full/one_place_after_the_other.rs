//! verdict: passed
//!
//! Another right answer: a loop over the places, and each `Full` hands the bun on.

use mp::{Full, Queue};

fn bring(mut bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    for place in [counter, cellar] {
        match place.put_nowait(bun) {
            Ok(()) => return Ok(()),
            Err(Full(back)) => bun = back,
        }
    }
    Err(Full(bun))
}
