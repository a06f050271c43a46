//! The `course` command where time counts, or what is left behind: these tests look at all processes
//! of the machine, keep its cores busy or measure time, so each has the machine for itself.

mod attacks;
mod determinism;
mod grade;
mod grades;
mod handed_in;
mod hostile;
mod one_of_many;
mod plain;
mod sleeps;
mod submissions;
mod threads;
#[path = "../util/mod.rs"]
mod util;
mod watch;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The machine, which one test has at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Puts the programs of a folder of fixtures into the course in `root`, each with what is given.
fn add_programs(root: &Path, fixtures: &str, given: &str) {
    for file in util::files_below(fixtures) {
        let whole = format!("{}\n{}\n{given}", util::read(&file), util::GIVEN);
        util::own_course::write(&root.join(&file), &whole);
    }
}
