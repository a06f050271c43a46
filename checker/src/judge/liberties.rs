//! What std leaves open, and what a run did there that mostly does not happen.

use sched_model::run::Run;

use super::{Found, line, name};
use crate::facts::fact::{Detail, Free};

/// Says of what is wrong in a run that it rests on liberties, if the run took any.
pub fn told(run: &Run, all: &mut [Found]) {
    let free = run.freely().map(|(_, event, freedom)| Free {
        task: name(run, event.task),
        freedom,
        line: line(event.at.as_ref()),
    });
    let told: Vec<Free> = free.collect();
    if told.is_empty() {
        return;
    }
    for found in all {
        found.details.push(Detail::Freely(told.clone()));
        for (at, ..) in run.freely() {
            found.about.event(run, at);
        }
    }
}
