//! verdict: passed
//!
//! The clerks tell main what they have sold, and main alone counts: who is alone needs no lock.

use std::io;

use mp::{Dict, Process, Queue};

fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    let slips = Queue::<String>::unbounded();
    let clerk = || {
        for kind in kinds {
            serve(kind);
            slips.put(kind.clone());
        }
    };
    let mut started = Vec::new();
    for _ in 0..clerks {
        started.push(Process::new(clerk).start()?);
    }
    for _ in 0..clerks as usize * kinds.len() {
        let kind = slips.get();
        let before = sold.get(&kind)?.unwrap_or(0);
        sold.insert(kind, before + 1)?;
    }
    for child in &started {
        child.join();
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
