//! verdict: wrong_output
//!
//! Each clerk counts in a dictionary of its own, and writes its numbers over those of the others.

use std::collections::HashMap;
use std::io;

use mp::{Dict, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let mut mine: HashMap<&String, u32> = HashMap::new();
    for kind in kinds {
        serve(kind);
        *mine.entry(kind).or_default() += 1;
    }
    for (kind, buns) in mine {
        sold.insert(kind.clone(), buns)?;
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
