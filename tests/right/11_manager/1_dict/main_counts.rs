//! verdict: passed
//!
//! Main counts for each clerk who has gone home: who is alone needs no lock.

use std::io;

use mp::{Dict, Process};

fn clerk(kinds: &[String], _sold: &Dict<String, u32>) -> io::Result<()> {
    kinds.iter().for_each(|kind| serve(kind));
    Ok(())
}

fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let mut all = Vec::new();
    for _ in 0..clerks {
        all.push(Process::new(|| clerk(kinds, sold).unwrap()).start()?);
    }
    for child in all {
        child.join();
        for kind in kinds {
            sold.insert(kind.clone(), sold.get(kind)?.unwrap_or(0) + 1)?;
        }
    }
    Ok(())
}
