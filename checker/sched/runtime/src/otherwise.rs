//! What primitives do otherwise in an experiment. In any other run nothing is.

use crate::attached::with;
use crate::object::Object;

/// How many tasks the notification of `object` that was announced, for so many, wakes.
#[must_use]
pub fn wakes(object: Object, count: u32) -> u32 {
    with(|world, me| world.wakes(me, object.number(), count)).unwrap_or(count)
}

/// The notification of `object` that was announced, for so many, woke these.
pub fn woke(object: Object, count: u32, woken: u32) {
    with(|world, me| world.woke(me, object.number(), (count, woken)));
}

/// Whether a notification of `object` was kept, and this task need not wait for one.
#[must_use]
pub fn takes_kept(object: Object) -> bool {
    with(|world, me| world.takes_kept(me, object.number())) == Some(true)
}

/// Whether this task, which has waited, goes on as if what it waited for had come; where that is a
/// message, as if none could come any more.
#[must_use]
pub fn is_answered() -> bool {
    with(|world, me| world.is_answered(me)) == Some(true)
}
