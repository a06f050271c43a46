//! What a process leaves behind.
//!
//! A process that has ended leaves one small number to its parent, the exit code, and `join`
//! returns it: 0 says that all went well, a positive number is whatever the process passed to
//! `std::process::exit`, a negative one is the number of the signal that ended it, with a minus.
//! And the parent still knows the name that it gave the process: `Child::name()`.
//!
//! The task: packers pack buns into boxes. An argument such as `ada-10` hires ada for 10 buns.
//! - `hire` starts a process with that name and returns at once. The process calls `pack(buns)`
//!   and ends with an exit code that says how many buns are left over.
//! - `report` waits for the end of a packer, and returns one of these three lines:
//!   `ada: nothing left over`, `ada: 2 left over`, `ada: ended by signal 15`.
//!   It does not ask again and again.
//!
//! Look at `pack`: the size of the boxes depends on the name of the process that calls it, and it
//! takes a while. With no buns it waits for some, for ever, until main sends the packer home, or
//! shows it the door. Main also looks at the exit codes itself.
//!
//! Why it matters: shells, build tools and CI know of a process nothing but this number.
//!
//! Try it by hand:  `course run 02_process/5_name_and_exit_code ada-10 ben-12 cleo-0`
//! Check it:        `course check 02_process/5_name_and_exit_code`

use std::io;
use std::process;

use mp::{Child, Process};

/// Starts a packer, and does not wait for the end.
fn hire(name: &str, buns: i32) -> io::Result<Child> {
    // In the closure, because only the new process has the name, and `exit` ends its caller.
    let shift = move || process::exit(pack(buns));
    Process::new(shift).name(name).start()
}

/// Waits until the packer has ended, and tells how.
fn report(packer: &Child) -> String {
    let name = packer.name();
    // The sign tells whether the process ended by itself.
    match packer.join() {
        0 => format!("{name}: nothing left over"),
        left @ 1.. => format!("{name}: {left} left over"),
        signal => format!("{name}: ended by signal {}", -signal),
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
    std::thread::sleep(std::time::Duration::from_millis(100));
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
    let waiting = packers.iter().filter(|(_, buns)| *buns == 0);
    for (number, (packer, _)) in waiting.enumerate() {
        // Asked to go, one could still refuse; shown the door, nobody can.
        if number == 0 {
            println!("main sends {} home", packer.name());
            packer.terminate();
        } else {
            println!("main shows {} the door", packer.name());
            packer.kill();
        }
    }
    for (packer, _) in &packers {
        let told = report(packer);
        match packer.exit_code() {
            Some(code) => println!("{told} (exit code {code})"),
            None => println!("{told} (and is still at work)"),
        }
    }
    Ok(())
}
