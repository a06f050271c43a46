//! verdict: wrong_output
//!
//! Throws away what `put_nowait` returns, and with it the bun that found no room.

use mp::{Full, Queue};

fn bring(bun: Bun, counter: &Queue<Bun>, _cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    let _ = counter.put_nowait(bun);
    Ok(())
}
