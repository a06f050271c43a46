//! A type that can run.
//!
//! The work of a process can also be an object: a type that implements `Run`.
//! `Process::of(baker)` describes a process that will call `baker.run()`, and `start` makes it.
//! `run` by itself is a method like any other: who calls it does the work, here and now.
//!
//! The task: a `Baker`, in the given part, has a name and some trays to fill in a shift.
//! - `run` is a shift: it calls `fill_tray` as often as `self.shift` says.
//! - `demonstrate` lets a baker work in the shop window: in the process that calls it.
//! - `open_bakery` lets each baker work a shift in a process of its own, all of them together, and
//!   returns when all have gone home. It gives a clone of the baker to each process. It does not
//!   ask again and again.
//!
//! The arguments are the trays of a shift, and the bakers' names. When it works, look at the
//! numbers: where does each process go on counting, and which trays has the shop heard of?
//!
//! Why it matters: `run` instead of `start` is an old slip. Nothing fails, all trays get filled,
//! one after the other, and there is no second process. And whatever `run` changes in `self`
//! stays in the process that ran it.
//!
//! Try it by hand:  `course run 02_process/2_run_trait 2 ada ben`
//! Check it:        `course check 02_process/2_run_trait`

use std::io;

use mp::{Process, Run};

impl Run for Baker<'_> {
    /// A shift: fills as many trays as it has.
    fn run(&mut self) {
        // TODO: call `self.fill_tray()` for each of them.
        todo!()
    }
}

/// The baker works a shift in the process that calls this.
fn demonstrate(baker: &mut Baker) {
    // TODO: no new process here.
    todo!()
}

/// Every baker works a shift in a process of its own; returns when all have gone home.
fn open_bakery(bakers: &[Baker]) -> io::Result<()> {
    // TODO: start a process with a clone of each baker; then wait for all.
    todo!()
}

// ---- given: edits below this line are ignored ----

/// A baker, and how many trays this process has seen the baker fill.
#[derive(Clone)]
struct Baker<'a> {
    name: &'a str,
    shift: u32,
    filled: u32,
    shelf: &'a mp::Value<u32>,
}

impl Baker<'_> {
    /// Fills one more tray and puts it on the shelf.
    fn fill_tray(&mut self) {
        self.filled += 1;
        let (name, tray, pid) = (self.name, self.filled, std::process::id());
        println!("{name} fills tray {tray} in process {pid}");
        self.shelf.lock().update(|trays| trays + 1);
    }
}

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let shift = args.next().and_then(|text| text.parse().ok()).unwrap_or(2);
    let mut names: Vec<String> = args.collect();
    if names.is_empty() {
        names = vec!["ada".to_owned(), "ben".to_owned()];
    }
    println!("the shop is process {}", std::process::id());
    let shelf = mp::Value::named("shelf", 0_u32);
    let new_baker = |name| Baker {
        name,
        shift,
        filled: 0,
        shelf: &shelf,
    };
    let mut bakers: Vec<Baker> = names.iter().map(|name| new_baker(name)).collect();
    demonstrate(&mut bakers[0]);
    println!("trays on the shelf after the show: {}", shelf.get());
    open_bakery(&bakers)?;
    println!("trays on the shelf at closing time: {}", shelf.get());
    for baker in &bakers {
        let (name, filled) = (baker.name, baker.filled);
        println!("trays by {name} that the shop has heard of: {filled}");
    }
    Ok(())
}
