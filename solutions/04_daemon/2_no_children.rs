//! A daemon has no children.
//!
//! A daemon is terminated wherever it is, so nobody would be left to look after its children.
//! Therefore it may not have any: in a daemon, `start` makes no process and returns an error. Its
//! kind is `ErrorKind::PermissionDenied`.
//!
//! The task: the day shift and the night shift wash the trays with the same function `wash`; the
//! night shift is a daemon. Write it: each tray is washed by `wash_up(tray, clean)` in a child of
//! its own, all trays at the same time. Where the child cannot be started because the caller is a
//! daemon, the caller washes the tray itself with `by_hand(tray, &error, clean)`: in the thread
//! that called `wash`, one tray after the other, tray 1 first. What is done about other errors is
//! up to you. When `wash` returns, all trays are clean.
//!
//! The argument is the number of trays; they have the numbers 1, 2, 3, ...
//!
//! Why it matters: whether `start` works depends on who calls, and a function such as `wash` does
//! not know its caller. `start` can also fail for other reasons, too many processes for example.
//! That is why it returns a `Result`, and why `unwrap` is a bet.
//!
//! Try it by hand:  `course run 04_daemon/2_no_children 3`
//! Check it:        `course check 04_daemon/2_no_children`

use std::io::{self, ErrorKind};

use mp::{Process, Value};

/// Washes the trays 1 to `trays`, and returns when all are clean.
fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    let mut helpers = Vec::new();
    for tray in 1..=trays {
        // An `Err` means that no process was made: the work is still there, and has to be done.
        match Process::new(move || wash_up(tray, clean)).start() {
            Ok(helper) => helpers.push(helper),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                by_hand(tray, &error, clean);
            }
            Err(error) => return Err(error),
        }
    }
    for helper in &helpers {
        helper.join();
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----

/// Washes one tray, which takes a second.
fn wash_up(tray: u32, clean: &mp::Value<u32>) {
    let _inside = mp::section("wash up");
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
fn shift(name: &str, trays: u32) {
    let clean = mp::Value::named("clean", 0_u32);
    match wash(trays, &clean) {
        Ok(()) => println!("{name}: {} of {trays} trays are clean", clean.get()),
        Err(error) => println!("{name}: the washing-up was given up: {error}"),
    }
}

fn main() -> std::io::Result<()> {
    let first = std::env::args().nth(1);
    let trays = first.and_then(|text| text.parse().ok()).unwrap_or(3);
    for (name, daemon) in [("night shift", true), ("day shift", false)] {
        let process = mp::Process::new(|| shift(name, trays))
            .name("shift")
            .daemon(daemon);
        process.start()?.join();
        println!("the {name} has gone home");
    }
    Ok(())
}
