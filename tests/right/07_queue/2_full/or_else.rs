//! verdict: passed
//!
//! Another right answer: a chain instead of a `match`.

use mp::{Full, Queue};

fn bring(bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    counter
        .put_nowait(bun)
        .or_else(|Full(bun)| cellar.put_nowait(bun))
}
