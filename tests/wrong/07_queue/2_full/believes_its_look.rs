//! verdict: wrong_order, cause: check_then_act
//!
//! It has looked that there is room, so it need not look at the result: a bun is lost when another
//! baker was faster.

use mp::{Full, Queue};

fn bring(bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    if !counter.is_full() {
        counter.put_nowait(bun).ok();
        return Ok(());
    }
    cellar.put_nowait(bun)
}
