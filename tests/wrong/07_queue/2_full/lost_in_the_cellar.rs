//! verdict: wrong_output
//!
//! Whether the cellar had room is not looked at.

use mp::{Full, Queue};

fn bring(bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    if let Err(Full(bun)) = counter.put_nowait(bun) {
        let _ = cellar.put_nowait(bun);
    }
    Ok(())
}
