//! verdict: wrong_output
//!
//! Puts a second bun of the same number in the cellar, in case the first one got lost.

use mp::{Full, Queue};

fn bring(bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    let copy = Bun { number: bun.number };
    let _ = counter.put_nowait(bun);
    cellar.put_nowait(copy)
}
