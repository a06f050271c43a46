//! Files as a program uses them under check: each use is a point and an event.

use sched_model::engine::block::WaitFor;
use sched_model::engine::files::LOCK_WORD;
use sched_model::engine::world::{Kind, NEVER, NONE, Op};
use sched_model::file_act::{FileAct, FileResult, pack};
use sched_segment::hand_over;

use crate::attached::{segment, with};
use crate::kernel;
use crate::object::{Caller, Object, with_site};
use crate::record;

/// The object for the file of this name.
pub fn object(name: &str, caller: Option<Caller>) -> Object {
    let id = with_site(caller, |world, _, site| world.file(name, site));
    id.map_or(Object::NONE, Object)
}

/// Something was done with a file: it is noted if `recorded` says what, and passed on to whoever
/// uses files if it had an effect.
pub fn done(object: Object, recorded: Option<(FileAct, FileResult)>, effect: bool) {
    with(|world, me| {
        if let Some((act, result)) = recorded {
            let (a, b) = pack(act, result);
            if let FileResult::Bytes(bytes, _) = result {
                world.bytes += u64::from(bytes) / 4;
            }
            world.record(me, Kind::File, object.0, a, b);
        }
        world.used_file(me, effect);
    });
}

/// A file's new name, after it was renamed.
pub fn renamed(from: Object, to: Object) {
    with(|world, me| {
        let (a, _) = pack(FileAct::Rename, FileResult::Done);
        world.record(me, Kind::File, from.0, a, u64::from(to.0));
        world.used_file(me, true);
    });
}

/// Waits until somebody gives the lock of some file back.
pub fn await_lock(object: Object) {
    let Some(segment) = segment() else {
        return;
    };
    let wait = WaitFor {
        word: LOCK_WORD,
        object: object.0,
        child: NONE,
        deadline: NEVER,
    };
    let next = with(|world, me| {
        world.block(me, wait);
        hand_over::decide(segment, world, me, me)
    });
    kernel::follow(next);
}

/// This task took the lock of a file.
pub fn locked(object: Object) {
    record::acquired(object, false);
}

/// The lock of a file is held by somebody else, and this task does not wait for it.
pub fn found_locked(object: Object) {
    with(|world, me| {
        world.record(me, Kind::WouldBlock, object.0, 0, 0);
        world.not_yet(me);
    });
}

/// The lock of a file may be free now: this task released it, or closed the descriptor that held
/// it.
pub fn unlocked(object: Object) {
    with(|world, me| {
        if world.object_mut(object.0).is_some_and(|o| o.owner == me) {
            world.released(me, object.0);
        }
        world.wake(LOCK_WORD, NONE);
    });
}

/// The point before something is done with a file.
pub fn point(op: Op, object: Object, caller: Option<Caller>) {
    kernel::point_from(op, object, 0, caller);
}
