//! verdict: wrong_order, cause: lost_update
//!
//! Takes the lock only to write: what was read is out of date by then.

use std::io;

use mp::{Dict, Lock, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>, lock: &Lock) -> io::Result<()> {
    for kind in kinds {
        serve(kind);
        let before = sold.get(kind)?.unwrap_or(0);
        let _held = lock.lock();
        sold.insert(kind.clone(), before + 1)?;
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
