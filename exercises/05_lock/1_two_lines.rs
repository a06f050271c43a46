//! Two lines that belong together.
//!
//! A lock is a thing that only one can hold at a time: who asks for it while another holds it
//! waits until it is given back. What is done while holding it is the critical section.
//!
//! The task: every worker of the shop says when it starts and when it is done. Worker 3, as
//! process 40004, prints
//!
//!     3: 40004 is running
//!     3: 40004 is done
//!
//! No line of another worker may come between these two: each prints its own while it holds the
//! one lock of all. Write `worker`, and `open_shop`, which starts the workers 1, 2, 3, ... (as many
//! as the first argument says), each in a process of its own, and joins all of them.
//! Who comes first is nobody's business: don't fix the order of the workers. Nobody asks again and
//! again.
//!
//! Why it matters: without a lock this program looks right nearly every time you run it. The
//! checker tries the other times too.
//!
//! Try it by hand:  `course run 05_lock/1_two_lines 5`
//! Check it:        `course check 05_lock/1_two_lines`

use std::io;
use std::process;

use mp::{Lock, Process};

/// Prints the two lines of worker `number`.
fn worker(number: u32, counter: &Lock) {
    // TODO: print both lines while holding `counter`.
    todo!()
}

/// Starts the workers 1 to `workers`, and waits for all of them.
fn open_shop(workers: u32) -> io::Result<()> {
    // TODO: which workers have to share a lock?
    todo!()
}

// ---- given: edits below this line are ignored ----

fn main() -> std::io::Result<()> {
    let first = std::env::args().nth(1);
    let workers = first.and_then(|text| text.parse().ok()).unwrap_or(5);
    open_shop(workers)?;
    println!("all {workers} workers have gone home");
    Ok(())
}
