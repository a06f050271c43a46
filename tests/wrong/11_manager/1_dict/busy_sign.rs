//! verdict: wrong_order, cause: lost_update
//!
//! Asks again and again for a sign in the dictionary that says that somebody is counting. To look
//! for it and to put it up are two requests.

use std::io;

use mp::{Dict, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let sign = "busy".to_owned();
    for kind in kinds {
        serve(kind);
        while sold.contains_key(&sign)? {
            std::thread::yield_now();
        }
        sold.insert(sign.clone(), 1)?;
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
