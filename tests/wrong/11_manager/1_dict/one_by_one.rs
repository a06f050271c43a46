//! verdict: requirement
//!
//! No lock is needed, because each clerk has to wait until the one before has gone home.

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
    for _ in 0..clerks {
        let work = || clerk(kinds, sold).expect("the manager is there");
        Process::new(work).start()?.join();
    }
    Ok(())
}
