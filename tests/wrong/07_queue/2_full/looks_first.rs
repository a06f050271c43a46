//! verdict: deadlock, cause: check_then_act
//!
//! Looks whether there is room, and then waits for it: another baker may have taken the last place.

use mp::{Full, Queue};

fn bring(bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    if !counter.is_full() {
        counter.put(bun);
    } else if !cellar.is_full() {
        cellar.put(bun);
    } else {
        return Err(Full(bun));
    }
    Ok(())
}
