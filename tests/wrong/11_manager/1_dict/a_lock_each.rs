//! verdict: wrong_order, cause: two_locks
//!
//! Every clerk makes a lock, which keeps nobody else out.

use std::io;

use mp::{Dict, Lock, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let lock = Lock::new();
    for kind in kinds {
        serve(kind);
        let _held = lock.lock();
        let before = sold.get(kind)?.unwrap_or(0);
        sold.insert(kind.clone(), before + 1)?;
    }
    Ok(())
}

fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let mut started = Vec::new();
    for _ in 0..clerks {
        let work = || clerk(kinds, sold).expect("the manager is there");
        started.push(Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
