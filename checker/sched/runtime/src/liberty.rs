//! Liberties: what std leaves open, done otherwise than it mostly is, in schedules that try that.
//!
//! A plain run takes none: there the real machine does.

use std::sync::atomic::{AtomicU32, Ordering};

use sched_model::engine::block::WaitFor;
use sched_model::engine::world::{Kind, NEVER, NONE, World};
use sched_model::{Act, Freedom};

use crate::attached::{controlled, with};
use crate::object::{Caller, Object};
use crate::until::Until;
use crate::{kernel, words};

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Woken {
    /// Somebody woke it.
    Told,
    /// Its time is over.
    TimeOver,
    /// For no reason.
    Freely,
}

/// As [`kernel::wait`], where the wait may also end for no reason.
pub fn wait(word: &AtomicU32, value: u32, until: Until, object: Object, caller: Caller) -> Woken {
    if controlled() && word.load(Ordering::Acquire) == value {
        let wait = WaitFor {
            word: words::key(word),
            object: object.number(),
            child: NONE,
            deadline: until.deadline(),
        };
        if rises(wait, caller) {
            return Woken::Freely;
        }
    }
    match kernel::wait(word, value, until, object, caller) {
        true => Woken::Told,
        false => Woken::TimeOver,
    }
}

/// Whether the wait that begins now was one that ends for no reason.
pub(crate) fn rises(wait: WaitFor, caller: Caller) -> bool {
    let rise = match way(3) {
        0 => return false,
        1 => World::rise_at_once,
        _ => World::rise,
    };
    kernel::pause(wait, Some(caller), rise);
    let freedom = match wait.deadline {
        NEVER => Freedom::WakesUp,
        _ => Freedom::WakesEarly,
    };
    taken(Object::of_number(wait.object), freedom);
    true
}

/// Wakes one of those that wait for `word`, whichever. Returns how many.
pub fn wake_one(word: &AtomicU32, object: Object) -> u32 {
    let key = words::key(word);
    let way = with(|world, me| {
        let ways = world.waiters(key);
        world.way(me, ways)
    });
    match way.unwrap_or(0) {
        0 => kernel::wake(word, 1),
        longer => {
            taken(object, Freedom::WakesAnother);
            let woken = with(|world, _| world.wake_after(key, longer)).flatten();
            u32::from(woken.is_some())
        }
    }
}

/// Whether anybody waits for `word`.
#[must_use]
pub fn is_awaited(word: &AtomicU32) -> bool {
    let key = words::key(word);
    with(|world, _| world.waiters(key) > 0) == Some(true)
}

/// Whether this task takes the one liberty that it has here.
#[must_use]
pub fn takes(freedom: Freedom, object: Object) -> bool {
    let takes = way(2) > 0;
    if takes {
        taken(object, freedom);
    }
    takes
}

/// Which of so many messages this task takes, from the oldest.
#[must_use]
pub fn message(waiting: usize, object: Object) -> usize {
    let way = way(u32::try_from(waiting).unwrap_or(0));
    if way > 0 {
        taken(object, Freedom::TakesAnother);
    }
    way as usize
}

fn way(ways: u32) -> u32 {
    with(|world, me| world.way(me, ways)).unwrap_or(0)
}

pub(crate) fn taken(object: Object, freedom: Freedom) {
    with(|world, me| {
        let freedom = freedom as u64;
        world.record(me, Kind::Act, object.number(), Act::Freely as u64, freedom);
        world.changed();
    });
}
