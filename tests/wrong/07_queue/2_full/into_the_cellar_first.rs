//! verdict: wrong_output
//!
//! No bun is lost, but the counter stays empty as long as the cellar is not full.

use mp::{Full, Queue};

fn bring(bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    match cellar.put_nowait(bun) {
        Ok(()) => Ok(()),
        Err(Full(bun)) => counter.put_nowait(bun),
    }
}
