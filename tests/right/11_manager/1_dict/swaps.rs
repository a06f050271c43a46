//! verdict: passed
//!
//! No lock at all: `insert` puts a number there and takes another away in one request. No bun is
//! ever counted in two places, and nobody goes home before all that were taken are put down.

use std::io;

use mp::{Dict, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    for kind in kinds {
        serve(kind);
        let mut mine = 1;
        while mine > 0 {
            mine += sold.insert(kind.clone(), 0)?.unwrap_or(0);
            mine = sold.insert(kind.clone(), mine)?.unwrap_or(0);
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
