//! Atomics as a program uses them under check: a point before each access, and what it came to.

use std::sync::atomic::Ordering;

use sched_model::World;
pub use sched_model::engine::atomics::Effect;
use sched_model::records::UNWATCHED;
use sched_model::{Freedom, Meaning, NONE, Op};

use crate::attached::with;
use crate::kernel::{self, Target, pass_at};
use crate::liberty;
use crate::memory::{self, How};
use crate::object::{Caller, Object, site_of};

/// The point before an access to the atomic at `address`. Returns what it is to the scheduler.
#[must_use]
pub fn point(op: Op, address: usize, meaning: Meaning, caller: Caller) -> Object {
    let address = address as u64;
    let mut number = NONE;
    pass_at(op, |apart, world| {
        world.weak = memory::tells().into();
        let (pid, site) = (kernel::pid(), site_of(apart, world, caller, 0));
        let known = world.atomic_at(address, pid);
        let object = known.unwrap_or_else(|| world.add_atomic(address, pid, meaning, site));
        number = object;
        // Atomics that share one object are still told apart by the address that is asked for.
        let index = match object {
            UNWATCHED => u32::try_from(address & 0xFFFF_FFFF).unwrap_or(0),
            _ => 0,
        };
        Target {
            object,
            index,
            site,
        }
    });
    Object::of_number(number)
}

/// Which value a load returns, if another one than the newest, `now`.
#[must_use]
pub fn older(object: Object, now: u64, order: Ordering) -> Option<u64> {
    let older = weakly(|world, me| world.atomic_load(me, object.number(), now, order)).flatten();
    if older.is_some() {
        liberty::taken(object, Freedom::ReadsOlder);
    }
    older
}

/// Whether the value that a store is about to put in the place of `now` is overwritten at once, by what is
/// there already.
#[must_use]
pub fn is_overtaken(object: Object, (now, new): (u64, u64), order: Ordering) -> bool {
    let store = |world: &mut World, me| world.atomic_store(me, object.number(), (now, new), order);
    let overtaken = weakly(store) == Some(true);
    if overtaken {
        liberty::taken(object, Freedom::Overtaken);
    }
    overtaken
}

/// The newest value was replaced by one that was made of it.
pub fn updated(object: Object, values: (u64, u64), order: Ordering) {
    weakly(|world, me| world.atomic_update(me, object.number(), values, order));
}

/// The newest value is not what was to be replaced.
pub fn failed(object: Object, now: u64, order: Ordering) {
    weakly(|world, me| world.atomic_failed(me, object.number(), now, order));
}

/// Acts where stores are kept, since all that orders them is told.
fn weakly<R>(act: impl FnOnce(&mut World, u32) -> R) -> Option<R> {
    memory::tells().then(|| with(act)).flatten()
}

/// Records what the access to the atomic of that address and size did.
pub fn accessed(object: Object, at: (usize, usize), effect: Effect, order: Ordering) {
    let how = match effect {
        Effect::Read(_) => How::Loads,
        Effect::Wrote(..) | Effect::Updated(..) => How::Changes,
    };
    memory::used_as_atomic(at.0, at.1, how);
    with(|world, me| world.atomic_accessed(me, object.number(), effect, order));
}

/// A fence. It changes nothing that others could notice at once, so there is no point before it.
pub fn fence(order: Ordering) {
    with(|world, me| world.fence(me, order));
    memory::fence_of_mirror(order);
}
