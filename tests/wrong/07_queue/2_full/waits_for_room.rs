//! verdict: deadlock, cause: nobody_left
//!
//! Waits until there is room on the counter, which is not before the morning.

use mp::{Full, Queue};

fn bring(bun: Bun, counter: &Queue<Bun>, _cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    counter.put(bun);
    Ok(())
}
