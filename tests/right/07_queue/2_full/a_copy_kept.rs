//! verdict: passed
//!
//! Another right answer: looks only whether it worked, and has kept the number for a second try.

use std::time::Duration;

use mp::{Full, Queue};

fn bring(bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    let number = bun.number;
    if counter.put_timeout(bun, Duration::ZERO).is_ok() {
        return Ok(());
    }
    if cellar.put_timeout(Bun { number }, Duration::ZERO).is_ok() {
        return Ok(());
    }
    Err(Full(Bun { number }))
}
