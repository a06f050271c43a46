//! verdict: panic
//!
//! Nobody waits for the clerks: the numbers are read before the first bun is sold, and the manager
//! ends before the first is counted.

use std::io;

use mp::{Dict, Lock, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>, lock: &Lock) -> io::Result<()> {
    for kind in kinds {
        serve(kind);
        let _held = lock.lock();
        let before = sold.get(kind)?.unwrap_or(0);
        sold.insert(kind.clone(), before + 1)?;
    }
    Ok(())
}

fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let lock = Lock::new();
    for _ in 0..clerks {
        let work = || clerk(kinds, sold, &lock).expect("the manager is there");
        Process::new(work).start()?;
    }
    Ok(())
}
