//! Counts inside of std's own types, such as how many share an `Arc`: each use is told to the run, and in
//! schedules that try it others go on before one.

use sched_model::Op;
pub use sched_model::engine::counts::Use;

use super::{From, is_threaded};
use crate::attached::with;
use crate::walk::{live_stack, walk};
use crate::{ends, kernel};

/// A task is about to use a count.
pub fn before(from: From) {
    if is_threaded() && with(|world, me| world.comes_to_count(me)) == Some(true) {
        let_others_on(from);
    }
}

#[cold]
fn let_others_on(from: From) {
    let calls = walk(from, &live_stack());
    if let Some(Some(site)) = with(|world, me| world.is_late(me, calls.as_slice())) {
        kernel::pass(Op::Yield, |_, _| site);
    }
}

/// A task has used a count, which had the first value before and has the second one now.
pub fn used(address: usize, how: Use, values: [u64; 2], from: From) {
    if !is_threaded() {
        return;
    }
    let met = with(|world, me| {
        let met = world.count_used(me, address as u64, how, values)?;
        world.may_note_met().then_some(met)
    });
    if let Some(Some(met)) = met {
        note(met, from);
    }
}

#[cold]
fn note(met: [u32; 2], from: From) {
    let calls = walk(from, &live_stack());
    with(|world, _| world.note_met(met, calls.as_slice()));
}

/// A task has found that it was the last to share something.
pub fn ended(address: usize, from: From) {
    if is_threaded() {
        ends::found(address, from);
    }
}
