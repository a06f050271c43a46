//! verdict: requirement
//!
//! It looks every few milliseconds whether a clerk is still there.

use std::io;
use std::thread;
use std::time::Duration;

use mp::{Dict, Lock, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>, lock: &Lock) -> io::Result<()> {
    for kind in kinds {
        serve(kind);
        let _held = lock.lock();
        let before = sold.get(kind)?.unwrap_or(0);
        sold.insert(kind.clone(), before + 1)?;
    }
    Ok(())
}

fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let lock = Lock::new();
    let mut started = Vec::new();
    for _ in 0..clerks {
        let work = || clerk(kinds, sold, &lock).expect("the manager is there");
        started.push(Process::new(work).start()?);
    }
    while started.iter().any(|clerk| clerk.is_alive()) {
        thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}
