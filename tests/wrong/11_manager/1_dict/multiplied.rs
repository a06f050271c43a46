//! verdict: wrong_output
//!
//! A cheat: one clerk serves, and main writes down what all of them should have sold.

use std::io;

use mp::{Dict, Process};

fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let work = || kinds.iter().for_each(|kind| serve(kind));
    Process::new(work).start()?.join();
    for kind in kinds {
        let before = sold.get(kind)?.unwrap_or(0);
        sold.insert(kind.clone(), before + clerks)?;
    }
    Ok(())
}
