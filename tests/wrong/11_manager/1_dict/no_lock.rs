//! verdict: wrong_order, cause: lost_update
//!
//! Like `sold[kind] += 1` in Python: one line, two requests, and no lock.

use std::io;

use mp::{Dict, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    for kind in kinds {
        serve(kind);
        sold.insert(kind.clone(), sold.get(kind)?.unwrap_or(0) + 1)?;
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
