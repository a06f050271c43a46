//! verdict: passed
//!
//! A lock for each kind: who counts poppy buns need not wait for who counts sesame buns.

use std::collections::BTreeMap;
use std::io;

use mp::{Dict, Lock, Process};

type Locks<'a> = BTreeMap<&'a String, Lock>;

fn clerk(kinds: &[String], sold: &Dict<String, u32>, locks: &Locks) -> io::Result<()> {
    for kind in kinds {
        serve(kind);
        let _held = locks[kind].lock();
        let before = sold.get(kind)?.unwrap_or(0);
        sold.insert(kind.clone(), before + 1)?;
    }
    Ok(())
}

fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let locks: Locks = kinds.iter().map(|kind| (kind, Lock::new())).collect();
    let mut started = Vec::new();
    for _ in 0..clerks {
        let work = || clerk(kinds, sold, &locks).expect("the manager is there");
        started.push(Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
