//! verdict: wrong_output
//!
//! Every visitor is in a hurry: whatever the patience, it is now or never.

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, _patience: Patience) -> Result<(), Full<usize>> {
    shelf.put_nowait(bun)
}

fn get(shelf: &Queue<usize>, _patience: Patience) -> Result<usize, Empty> {
    shelf.get_nowait()
}
