//! verdict: deadlock, cause: mutual_wait
//!
//! As if the cellar had room for everything.

use mp::{Full, Queue};

fn bring(bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    if let Err(Full(bun)) = counter.put_nowait(bun) {
        cellar.put(bun);
    }
    Ok(())
}
