//! verdict: passed
//!
//! Counts a bun before it is served: in the end all that were served are counted.

use std::io;

use mp::{Dict, Lock, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>, lock: &Lock) -> io::Result<()> {
    for kind in kinds {
        {
            let _held = lock.lock();
            sold.insert(kind.clone(), sold.get(kind)?.unwrap_or(0) + 1)?;
        }
        serve(kind);
    }
    Ok(())
}

fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let lock = Lock::new();
    let mut all = Vec::new();
    for _ in 0..clerks {
        all.push(Process::new(|| clerk(kinds, sold, &lock).unwrap()).start()?);
    }
    for child in all {
        child.join();
    }
    Ok(())
}
