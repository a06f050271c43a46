//! verdict: wrong_output
//!
//! Takes the kinds off the list from its end.

use std::io;

use mp::{Dict, Lock, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>, lock: &Lock) -> io::Result<()> {
    let mut kinds = kinds.to_vec();
    while let Some(kind) = kinds.pop() {
        serve(&kind);
        let _held = lock.lock();
        let before = sold.get(&kind)?.unwrap_or(0);
        sold.insert(kind, before + 1)?;
    }
    Ok(())
}

fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let lock = Lock::new();
    let mut started = Vec::new();
    for _ in 0..clerks {
        let work = || clerk(kinds, sold, &lock).expect("the manager is there");
        started.push(Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
