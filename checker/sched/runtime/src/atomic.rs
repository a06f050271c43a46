//! Atomics as a program uses them under check: a point before each access, and what it came to.

use std::sync::atomic::Ordering;

pub use sched_model::engine::atomics::Effect;
use sched_model::records::UNWATCHED;
use sched_model::{Meaning, NONE, Op};

use crate::attached::{apart, with};
use crate::kernel::{self, point_from};
use crate::memory;
use crate::object::{Caller, Object, site_of};

/// The point before an access to the atomic at `address`. Returns what it is to the scheduler.
#[must_use]
pub fn point(op: Op, address: usize, meaning: Meaning, caller: Caller) -> Object {
    let pid = kernel::pid();
    let address = address as u64;
    let known = apart(|apart| {
        apart.with(|world, _| {
            let known = world.atomic_at(address, pid);
            known.unwrap_or_else(|| {
                let site = site_of(apart, world, caller, 0);
                world.add_atomic(address, pid, meaning, site)
            })
        })
    });
    let object = known.unwrap_or(NONE);
    // Atomics that share one object are still told apart by the address that is asked for.
    let index = if object == UNWATCHED {
        u32::try_from(address & 0xFFFF_FFFF).unwrap_or(0)
    } else {
        0
    };
    point_from(op, Object::of_number(object), index, Some(caller));
    Object::of_number(object)
}

/// Records what the access did.
pub fn accessed(object: Object, effect: Effect, order: Ordering) {
    with(|world, me| world.atomic_accessed(me, object.number(), effect, order));
}

/// A fence. It changes nothing that others could notice at once, so there is no point before it.
pub fn fence(order: Ordering) {
    with(|world, me| world.fence(me, order));
    memory::fence_of_mirror(order);
}
