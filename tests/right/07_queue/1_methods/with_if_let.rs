//! verdict: passed
//!
//! Another right answer: the patience taken apart with `if let`, and the error made anew.

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    if let Patience::Endless = patience {
        shelf.put(bun);
        return Ok(());
    }
    let put = if let Patience::For(time) = patience {
        shelf.put_timeout(bun, time)
    } else {
        shelf.put_nowait(bun)
    };
    if put.is_err() {
        return Err(Full(bun));
    }
    Ok(())
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    if let Patience::Endless = patience {
        return Ok(shelf.get());
    }
    if let Patience::For(time) = patience {
        return shelf.get_timeout(time);
    }
    shelf.get_nowait()
}
