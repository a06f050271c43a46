//! @TITLE@.
//!
//! Several workers add to one number. Each reads it and writes one more; whoever reads between
//! another's reading and writing undoes what that one did.
//!
//! The task: write `count`. It starts as many workers as `workers` says, numbered from 1, each in a
//! process of its own. Each calls `work` and then `add_one`. Wait for all of them, and return the
//! number. No addition may be lost: whoever adds is alone with the number. Nobody waits while
//! another works: they work side by side, and three workers are done after 0.1 seconds.
//!
//! Why it matters: a program that loses an addition now and then looks right nearly every time.
//!
//! Try it by hand:  `course run @ID@ 3`
//! Check it:        `course check @ID@`

use std::io;

use mp::{Lock, Process, Value};

/// Has `workers` processes add to one number, and tells what it came to.
fn count(workers: u32) -> io::Result<u32> {
    // TODO: start the workers, wait for them, and return the number.
    todo!()
}

// ---- given: edits below this line are ignored ----

/// What worker `worker` does by itself. It takes a tenth of a second.
fn work(worker: u32) {
    println!("worker {worker} works");
    std::thread::sleep(std::time::Duration::from_millis(100));
}

/// Reads the number, and writes one more.
fn add_one(number: &mp::Value<u32>) {
    let before = number.get();
    number.set(before + 1);
}

fn main() -> std::io::Result<()> {
    let first = std::env::args().nth(1);
    let workers = first.and_then(|text| text.parse().ok()).unwrap_or(3);
    println!("{workers} workers counted to {}", count(workers)?);
    Ok(())
}
