//! verdict: requirement
//!
//! When there is no room, sleeps a little and hopes that there is some now.

use std::thread::sleep;
use std::time::Duration;

use mp::{Full, Queue};

fn bring(mut bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    for _ in 0..3 {
        match counter.put_nowait(bun) {
            Ok(()) => return Ok(()),
            Err(Full(back)) => bun = back,
        }
        sleep(Duration::from_millis(100));
    }
    cellar.put_nowait(bun)
}
