//! verdict: passed
//!
//! Another right answer: looks first, but only to save a walk. Nobody makes room tonight, so full
//! stays full; that there is room is left to `put_nowait`.

use mp::{Full, Queue};

fn bring(bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    if counter.is_full() {
        return cellar.put_nowait(bun);
    }
    let Err(Full(bun)) = counter.put_nowait(bun) else {
        return Ok(());
    };
    cellar.put_nowait(bun)
}
