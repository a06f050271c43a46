//! verdict: passed
//!
//! A sign in the dictionary that says that somebody is counting, put up by one request that also
//! tells whether it was up already.

use std::io;

use mp::{Dict, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let sign = "busy".to_owned();
    for kind in kinds {
        serve(kind);
        while sold.insert(sign.clone(), 1)?.is_some() {
            std::thread::yield_now();
        }
        let before = sold.get(kind)?.unwrap_or(0);
        sold.insert(kind.clone(), before + 1)?;
        sold.remove(&sign)?;
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
