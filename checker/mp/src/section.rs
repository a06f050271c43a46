//! Marked sections: how an exercise tells the checker that tasks are at work.

use sched_runtime::{Caller, kernel, record};
use std::panic::Location;

/// Marks the code until the end of the returned value's scope as the section `name`, a verb that
/// says what tasks do there, such as `bake`. The checker uses it to judge whether tasks overlap
/// there; it does nothing in a plain run.
#[must_use = "the section ends when this is dropped"]
#[track_caller]
pub fn section(name: &str) -> Section {
    let caller = Location::caller();
    record::section(name, true, caller);
    Section {
        name: name.to_owned(),
        owner: kernel::task_number(),
        caller,
    }
}

/// A marked section that lasts until this is dropped.
pub struct Section {
    name: String,
    owner: u32,
    caller: Caller,
}

impl Drop for Section {
    fn drop(&mut self) {
        if self.owner == kernel::task_number() {
            record::section(&self.name, false, self.caller);
        }
    }
}
