//! verdict: wrong_output
//!
//! Puts a zero into the dictionary for each kind, so that every `get` finds a number. What nobody
//! sold is in it, too.

use std::io;

use mp::{Dict, Lock, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>, lock: &Lock) -> io::Result<()> {
    for kind in kinds {
        serve(kind);
        let _held = lock.lock();
        let before = sold.get(kind)?.expect("a number for each kind");
        sold.insert(kind.clone(), before + 1)?;
    }
    Ok(())
}

fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    for kind in kinds {
        sold.insert(kind.clone(), 0)?;
    }
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
