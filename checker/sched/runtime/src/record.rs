//! What primitives record besides waiting and waking: who holds what, and what was done.
//!
//! All of it does nothing in a plain run.

use std::panic::Location;

use sched_model::engine::world::{Kind, NONE};
use sched_model::records::ThreadRecord;
use sched_model::{Act, Asked, Op, Part};

use crate::attached::{apart, with};
use crate::kernel::point;
use crate::object::{Caller, Object, site_of, with_site};

/// This task took `object`; with `owner_only`, nobody else can give it back.
pub fn acquired(object: Object, owner_only: bool) {
    with(|world, me| world.acquired(me, object.number(), owner_only));
}

/// `object` was given back.
pub fn released(object: Object) {
    with(|world, me| world.released(me, object.number()));
}

/// This task took a share of `object`, which several can hold at once.
pub fn acquired_shared(object: Object) {
    with(|world, me| world.acquired_shared(me, object.number()));
}

/// This task gave its share of `object` back.
pub fn released_shared(object: Object) {
    with(|world, me| world.released_shared(me, object.number()));
}

/// This task took `object` and gave it back in one step.
pub fn passed_through(object: Object) {
    with(|world, me| {
        world.acquire_edge(me, object.number());
        world.release_edge(me, object.number());
    });
}

/// This task did something to `object` that others can notice.
pub fn act(object: Object, act: Act, number: u64) {
    with(|world, me| {
        world.record(me, Kind::Act, object.number(), act as u64, number);
        world.changed();
    });
}

/// This task passed `object`, which let it go on: nothing has changed for others.
pub fn passed(object: Object, act: Act, number: u64) {
    with(|world, me| world.record(me, Kind::Act, object.number(), act as u64, number));
}

/// This task found that `object` has reached its final state. That is no point: it would have found
/// the same at any later time. The first time makes an acquire edge.
pub fn settled(object: Object) {
    with(|world, me| {
        if !world.knows(me, object.number()) {
            world.acquire_edge(me, object.number());
            world.record(me, Kind::Act, object.number(), Act::Passed as u64, 0);
        }
    });
}

/// This task looked at `object`, or tried something in vain: nothing has changed.
pub fn looked(object: Object, act: Act, number: u64) {
    with(|world, me| {
        world.record(me, Kind::Act, object.number(), act as u64, number);
        world.not_yet(me);
    });
}

/// This task accessed what the lock `object` guards, to look at it or to change it.
pub fn guarded(object: Object, act: Act, caller: Caller) {
    with_site(Some(caller), |world, me, site| {
        world.task_mut(me).site = site;
        world.record(me, Kind::Act, object.number(), act as u64, 0);
    });
}

/// An acquire edge: what this task does from now on comes after what was released to `object`.
pub fn acquire_edge(object: Object) {
    with(|world, me| world.acquire_edge(me, object.number()));
}

/// A release edge: what this task did so far comes before what others do after they acquire from
/// `object`.
pub fn release_edge(object: Object) {
    with(|world, me| world.release_edge(me, object.number()));
}

/// This task sent a request to the manager `object`.
pub fn request(object: Object, text: &str, part: Part, asked: Asked) {
    with(|world, me| {
        let text = world.add_note(text.as_bytes());
        let start = u64::from(text.start) | u64::from(part.of) << 32;
        let kind = part.key << 8 | asked as u32;
        let len = u64::from(text.len) | u64::from(kind) << 32;
        world.record(me, Kind::Request, object.number(), start, len);
        world.changed();
    });
}

/// This task got the answer to its request.
pub fn answer(object: Object, text: &str) {
    with(|world, me| {
        let text = world.add_note(text.as_bytes());
        let (start, len) = (text.start.into(), text.len.into());
        world.record(me, Kind::Answer, object.number(), start, len);
    });
}

/// Taking `object` failed because it is held.
pub fn would_block(object: Object, caller: Caller) {
    with_site(Some(caller), |world, me, site| {
        world.task_mut(me).site = site;
        world.record(me, Kind::WouldBlock, object.number(), 0, 0);
        world.not_yet(me);
    });
}

/// How a shared cell is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads it.
    Read,
    /// Writes it.
    Write,
    /// Reads and writes it in one step.
    Update,
}

/// Records an access to a cell of `object` and checks it for races if its kind asks for that.
pub fn access(object: Object, index: usize, how: Access, bits: u64) {
    let index = u32::try_from(index).unwrap_or(NONE);
    with(|world, me| {
        let kind = match how {
            Access::Read => Kind::Read,
            Access::Write => Kind::Wrote,
            Access::Update => Kind::Updated,
        };
        if how != Access::Write {
            world.check_access(me, object.number(), index, false);
        }
        if how != Access::Read {
            world.check_access(me, object.number(), index, true);
        }
        world.record(me, kind, object.number(), u64::from(index), bits);
        if how == Access::Read {
            world.not_yet(me)
        } else {
            world.changed()
        }
    });
}

/// Enters or leaves a marked section.
pub fn section(name: &str, enter: bool, caller: Caller) {
    point(Op::Section, Object::NONE, caller);
    with(|world, me| {
        let text = world.add_text(name.as_bytes());
        let kind = if enter { Kind::Enter } else { Kind::Leave };
        world.record(me, kind, NONE, u64::from(text.start), u64::from(text.len));
        world.changed();
    });
}

/// This task found that a lock is poisoned by the panic of `task`.
pub fn poison_seen(task: u32) {
    with(|world, me| {
        // Who panics may meet its own locks again while it unwinds.
        if task != me {
            world.thread_mut(task).result |= ThreadRecord::SEEN;
        }
    });
}

/// Notes a panic's message and place.
pub fn panicked(message: &str, caller: Option<&Location<'_>>) {
    apart(|apart| {
        apart.with(|world, me| {
            if let Some(at) = caller {
                let site = site_of(apart, world, at, at.line().into());
                world.task_mut(me).panic_site = site;
                world.task_mut(me).site = site;
            }
            let text = world.add_text(message.as_bytes());
            world.task_mut(me).panic = text;
            world.record(me, Kind::Panic, NONE, 0, 0);
        });
    });
}
