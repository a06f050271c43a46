//! verdict: leak, cause: unjoined
//!
//! Each clerk says when it is done, and main believes that it has gone home.

use std::io;

use mp::{Dict, Lock, Process, Queue};

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
    let (lock, slips) = (Lock::new(), Queue::unbounded());
    for _ in 0..clerks {
        let work = || {
            clerk(kinds, sold, &lock).expect("the manager is there");
            slips.put("done".to_owned());
        };
        Process::new(work).start()?;
    }
    for _ in 0..clerks {
        let _slip: String = slips.get();
    }
    Ok(())
}
