//! verdict: wrong_order, cause: lost_update
//!
//! Looks whether the number has arrived, and tries again if not. Somebody else may have written the
//! same number, or write another right after.

use std::io;

use mp::{Dict, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    for kind in kinds {
        serve(kind);
        loop {
            let after = sold.get(kind)?.unwrap_or(0) + 1;
            sold.insert(kind.clone(), after)?;
            if sold.get(kind)? == Some(after) {
                break;
            }
        }
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
