//! verdict: requirement
//!
//! One worker after the other, in an order that a race between main and a helper decides.

use std::io;
use std::process;

use mp::{Lock, Process, Value};

fn worker(number: u32, counter: &Lock) {
    let _held = counter.lock();
    println!("{number}: {} is running", process::id());
    println!("{number}: {} is done", process::id());
}

fn open_shop(workers: u32) -> io::Result<()> {
    let (counter, side) = (&Lock::named("counter"), Value::new(0_u32));
    let helper = Process::new(|| side.set(1)).start()?;
    let heads = side.get() == 1;
    helper.join();
    for nth in 1..=workers {
        let number = if heads { nth } else { workers + 1 - nth };
        Process::new(move || worker(number, counter))
            .start()?
            .join();
    }
    Ok(())
}
