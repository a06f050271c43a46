//! verdict: requirement
//!
//! All are there, and each waits for a sign of the one before it; which one that is was drawn.

use std::io;
use std::process;

use mp::{Event, Lock, Process, Value};

fn worker(number: u32, counter: &Lock, before: Option<&Event>, done: &Event) {
    before.inspect(|before| before.wait());
    {
        let _held = counter.lock();
        println!("{number}: {} is running", process::id());
        println!("{number}: {} is done", process::id());
    }
    done.set();
}

fn open_shop(workers: u32) -> io::Result<()> {
    let (counter, side) = (&Lock::named("counter"), Value::new(0_u32));
    let helper = Process::new(|| side.set(1)).start()?;
    let heads = side.get() == 1;
    helper.join();
    let done: Vec<Event> = (0..workers).map(|_| Event::new()).collect();
    let mut started = Vec::new();
    for nth in 0..workers as usize {
        let number = if heads {
            nth as u32 + 1
        } else {
            workers - nth as u32
        };
        let before = nth.checked_sub(1).map(|before| &done[before]);
        let done = &done[nth];
        started.push(Process::new(move || worker(number, counter, before, done)).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
