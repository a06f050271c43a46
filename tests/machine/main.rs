//! The `course` command on a whole machine. Tests that measure time, or look at what is left behind by
//! whom, have it for themselves, one after the other; all else comes to the same beside others.

mod attacks;
mod by_itself;
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
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// The machine.
static MACHINE: RwLock<()> = RwLock::new(());

/// For what measures time or looks at what is left behind anywhere: nobody else does anything.
fn alone() -> RwLockWriteGuard<'static, ()> {
    MACHINE.write().unwrap_or_else(PoisonError::into_inner)
}

/// For what comes to the same whatever happens beside it.
fn beside_others() -> RwLockReadGuard<'static, ()> {
    MACHINE.read().unwrap_or_else(PoisonError::into_inner)
}

/// Puts the programs of a folder of fixtures into the course in `root`, each with what is given.
fn add_programs(root: &Path, fixtures: &str, given: &str) {
    for file in util::files_below(fixtures) {
        let whole = format!("{}\n{}\n{given}", util::read(&file), util::GIVEN);
        util::own_course::write(&root.join(&file), &whole);
    }
}
