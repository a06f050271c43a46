//! verdict: deadlock, cause: check_then_act
//!
//! Sleeps for a time that depends on the bun, so that nobody else comes between look and `put`.

use std::thread::sleep;
use std::time::Duration;

use mp::{Full, Queue};

fn bring(bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    sleep(Duration::from_millis(u64::from(bun.number)));
    for place in [counter, cellar] {
        if !place.is_full() {
            place.put(bun);
            return Ok(());
        }
    }
    Err(Full(bun))
}
