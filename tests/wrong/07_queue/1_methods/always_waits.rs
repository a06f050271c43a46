//! verdict: wrong_output
//!
//! Every visitor waits for as long as it takes, so that nothing can ever go wrong.

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, _patience: Patience) -> Result<(), Full<usize>> {
    shelf.put(bun);
    Ok(())
}

fn get(shelf: &Queue<usize>, _patience: Patience) -> Result<usize, Empty> {
    Ok(shelf.get())
}
