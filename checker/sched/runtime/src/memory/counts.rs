//! Counts inside of std's own types, such as how many share an `Arc`: each use is told to the run, and in
//! schedules that try it others go on before one.
//!
//! # Safety
//!
//! What is read of frames lies in the live part of this thread's own stack: see
//! [`frames`](crate::frames).

use std::cell::Cell;

use sched_model::Op;
pub use sched_model::engine::counts::Use;

use super::walk::{live_stack, walk};
use super::{From, is_threaded};
use crate::attached::{Apart, with};
use crate::frames;
use crate::kernel;
use crate::object::Object;

/// A count that nobody shares any more: what happens before the function that found it out returns, does
/// so because of that.
#[derive(Clone, Copy)]
struct Ended {
    address: usize,
    from: From,
    /// What lies in the function's frame: its caller's frame, and where it returns to.
    frame: [usize; 2],
}

/// Counts that end one inside of another.
const DEPTH: usize = 4;

thread_local! {
    static ENDED: Cell<[Option<Ended>; DEPTH]> = const { Cell::new([None; DEPTH]) };
}

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
        kernel::pass(Op::Yield, Object::NONE, 0, |_, _| site);
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
    if !is_threaded() {
        return;
    }
    let live = live_stack();
    let Some(frame) = frames::words_at(from.frame, &live) else {
        return;
    };
    let mut all = ENDED.get();
    // Functions whose frames lie below this one's have returned.
    for it in all.iter_mut() {
        *it = it.filter(|it| it.from.frame > from.frame);
    }
    all.rotate_right(1);
    all[0] = Some(Ended {
        address,
        from,
        frame,
    });
    ENDED.set(all);
}

/// This task is at a point. What happens there may do so because nobody shares something any more.
#[inline]
pub(crate) fn at_point(apart: &Apart) {
    let all = ENDED.get();
    if all.iter().any(Option::is_some) {
        look_at_ends(apart, all);
    }
}

#[cold]
fn look_at_ends(apart: &Apart, all: [Option<Ended>; DEPTH]) {
    let live = apart.live_stack();
    for it in all.into_iter().flatten() {
        let inside = frames::leads_through(apart.frame(), it.from.frame, &live)
            && frames::words_at(it.from.frame, &live) == Some(it.frame);
        let met = inside.then(|| {
            apart.with(|world, me| {
                let met = world.count_ended(me, it.address as u64)?;
                world.may_note_met().then_some(met)
            })
        });
        if let Some(Some(met)) = met {
            let calls = walk(it.from, &live);
            apart.with(|world, _| world.note_met(met, calls.as_slice()));
        }
    }
    ENDED.set([None; DEPTH]);
}
