//! verdict: passed
//!
//! Another right answer: a function for one round, which is used twice.

use std::io;

use mp::{Child, Process, Value};

/// Does `work` for each tray in a process of its own, and waits for all.
fn round(trays: usize, work: impl Fn(usize)) -> io::Result<()> {
    let work = &work;
    let start = |tray| Process::new(move || work(tray)).start();
    let started = (0..trays).map(start).collect::<io::Result<Vec<Child>>>()?;
    started.iter().for_each(|process| {
        process.join();
    });
    Ok(())
}

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    round(tenths.len(), |tray| bake(tray, tenths[tray], baked))?;
    round(tenths.len(), |tray| glaze(tray, baked, glazed))
}
