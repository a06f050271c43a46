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

// ---- given: edits below this line are ignored ----

/// Serves a customer, which takes some time.
fn serve(kind: &str) {
    let _inside = mp::section("work");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
    println!("here is your {kind} bun");
}

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let clerks = args.next().and_then(|text| text.parse().ok()).unwrap_or(3);
    let mut kinds: Vec<String> = args.collect();
    if kinds.is_empty() {
        kinds = ["sesame", "poppy"].map(String::from).to_vec();
    }
    let manager = mp::Manager::start()?;
    let sold = manager.dict()?;
    open_shop(clerks, &kinds, &sold)?;
    let mut items = sold.items()?;
    items.sort();
    for (kind, buns) in items {
        println!("{kind} buns sold: {buns}");
    }
    Ok(())
}
