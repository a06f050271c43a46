//! verdict: panic
//!
//! Takes it for granted that there is room in the cellar.

use mp::{Full, Queue};

fn bring(bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    if let Err(Full(bun)) = counter.put_nowait(bun) {
        cellar.put_nowait(bun).unwrap();
    }
    Ok(())
}
