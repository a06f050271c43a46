//! verdict: wrong_order, cause: lost_update
//!
//! Gives each clerk a time of its own to count, in the hope that the others are done by then.

use std::time::Duration;
use std::{io, process, thread};

use mp::{Dict, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    for kind in kinds {
        serve(kind);
        thread::sleep(Duration::from_secs(u64::from(process::id() % 100)));
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
