//! verdict: requirement
//!
//! No lock is needed, because each clerk has to wait until the one before has gone home.

use std::io;

use mp::{Dict, Process};

fn clerk(kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    for kind in kinds {
        serve(kind);
        sold.insert(kind.clone(), sold.get(kind)?.unwrap_or(0) + 1)?;
    }
    Ok(())
}

fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    for _ in 0..clerks {
        let work = || clerk(kinds, sold).expect("the manager is there");
        Process::new(work).start()?.join();
    }
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
