//! verdict: passed
//!
//! Acquired and released by hand, once for all kinds, after they have been served.

use std::collections::BTreeMap;
use std::io;

use mp::{Child, Dict, Lock, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>, lock: &Lock) -> io::Result<()> {
    let mut mine: BTreeMap<&String, u32> = BTreeMap::new();
    for kind in kinds {
        serve(kind);
        *mine.entry(kind).or_default() += 1;
    }
    lock.acquire();
    for (kind, buns) in mine {
        let before = sold.get(kind)?.unwrap_or_default();
        sold.insert(kind.clone(), before + buns)?;
    }
    lock.release();
    Ok(())
}

fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let lock = Lock::named("sold");
    let work = || clerk(kinds, sold, &lock).expect("the manager is there");
    let started: io::Result<Vec<Child>> = (0..clerks).map(|_| Process::new(work).start()).collect();
    started?.iter().for_each(|child| {
        child.join();
    });
    Ok(())
}
