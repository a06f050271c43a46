//! verdict: wrong_output
//!
//! What could not be started is skipped without a word, and its tray stays dirty.

use std::io;

use mp::{Child, Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    let start = |tray| Process::new(move || wash_up(tray, clean)).start();
    let helpers: Vec<Child> = (1..=trays).flat_map(start).collect();
    for helper in &helpers {
        helper.join();
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----

/// Washes one tray, which takes a second.
fn wash_up(tray: u32, clean: &mp::Value<u32>) {
    let _inside = mp::section("work");
    std::thread::sleep(std::time::Duration::from_secs(1));
    clean.lock().update(|trays| trays + 1);
    println!(
        "tray {tray} is clean, thanks to process {}",
        std::process::id()
    );
}

/// Washes one tray without help, and says why.
fn by_hand(tray: u32, error: &std::io::Error, clean: &mp::Value<u32>) {
    println!("no help with tray {tray}: {error}");
    wash_up(tray, clean);
}

/// What the process of a shift does.
fn shift(trays: u32) {
    let (name, clean) = (mp::current().name(), mp::Value::new(0_u32));
    match wash(trays, &clean) {
        Ok(()) => println!("{name}: {} of {trays} trays are clean", clean.get()),
        Err(error) => println!("{name}: the washing-up was given up: {error}"),
    }
}

fn main() -> std::io::Result<()> {
    let first = std::env::args().nth(1);
    let trays = first.and_then(|text| text.parse().ok()).unwrap_or(3);
    for (name, daemon) in [("night shift", true), ("day shift", false)] {
        let process = mp::Process::new(|| shift(trays)).name(name).daemon(daemon);
        process.start()?.join();
        println!("the {name} has gone home");
    }
    Ok(())
}
