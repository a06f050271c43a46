//! verdict: wrong_output
//!
//! No bun is lost when all are kept in the basket.

use mp::{Full, Queue};

fn bring(bun: Bun, _counter: &Queue<Bun>, _cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    Err(Full(bun))
}
