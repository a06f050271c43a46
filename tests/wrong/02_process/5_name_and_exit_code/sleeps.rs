//! verdict: wrong_order, cause: sleep_as_sync
//!
//! Sleeps, and looks at the exit code then.

use std::io;
use std::process;
use std::thread::sleep;
use std::time::Duration;

use mp::{Child, Process};

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    let shift = move || process::exit(pack(buns));
    Process::new(shift).name(name).start()
}

fn report(packer: &Child) -> String {
    let name = packer.name();
    sleep(Duration::from_secs(1));
    match packer.exit_code() {
        Some(0) => format!("{name}: nothing left over"),
        Some(left @ 1..) => format!("{name}: {left} left over"),
        Some(signal) => format!("{name}: ended by signal {}", -signal),
        None => format!("{name}: still at work"),
    }
}

// ---- given: edits below this line are ignored ----

/// Packs the buns into boxes of the calling packer's own size; returns how many are left over.
fn pack(buns: i32) -> i32 {
    let packer = mp::current().name();
    let size = match packer.as_str() {
        "ada" => 4,
        "ben" => 6,
        "cleo" => 9,
        _ => 10,
    };
    if buns == 0 {
        loop {
            std::thread::sleep(std::time::Duration::from_secs(3600));
        }
    }
    println!("{packer} fills boxes of {size}: {}", buns / size);
    buns % size
}

/// Reads `ada-10`: a name, and a number of buns.
fn parse(text: &str) -> (&str, i32) {
    let (name, buns) = text.split_once('-').unwrap_or((text, "0"));
    (name, buns.parse::<u16>().map_or(0, i32::from))
}

fn main() -> std::io::Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    if args.is_empty() {
        args = ["ada-10", "ben-12", "cleo-0"].map(String::from).to_vec();
    }
    let mut packers = Vec::new();
    for (name, buns) in args.iter().map(|text| parse(text)) {
        packers.push((hire(name, buns)?, buns));
    }
    for (packer, _) in packers.iter().filter(|(_, buns)| *buns == 0) {
        println!("main sends {} home", packer.name());
        packer.terminate();
    }
    for (packer, _) in &packers {
        println!("{}", report(packer));
    }
    Ok(())
}
