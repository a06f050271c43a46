//! verdict: requirement
//!
//! Waits for room for a moment, in vain.

use std::time::Duration;

use mp::{Full, Queue};

const MOMENT: Duration = Duration::from_millis(200);

fn bring(bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    match counter.put_timeout(bun, MOMENT) {
        Ok(()) => Ok(()),
        Err(Full(bun)) => cellar.put_timeout(bun, MOMENT),
    }
}
