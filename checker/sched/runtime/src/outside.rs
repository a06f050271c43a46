//! Calls that the scheduler does not control: pipes, sockets, and programs that are no tasks.
//!
//! Only the system knows whether such a call would block. A task whose call would block is Blocked,
//! and looks again when another task has done something of the kind. When nobody else can go on,
//! the run really waits for the outside world. While a program runs that is not a task, the
//! system's answer would depend on how fast that program is; so everybody else always goes first,
//! as if the program were very slow.

use std::time::Duration;

use sched_model::engine::block::WaitFor;
use sched_model::engine::outside::OUTSIDE_WORD;
use sched_model::engine::world::{Kind, NONE, Op, World};
use sched_model::kind::Act;
use sched_model::limits::MAX_BYTES;

use crate::attached::with;
use crate::kernel;
use crate::object::{Caller, Object, with_site};
use crate::until::Until;

/// How long to wait for an answer before it is another task's turn: long, so that the speed of
/// programs seldom decides who is first.
const TURN: Duration = Duration::from_millis(500);
/// The same while waiting for room, which others have to make.
const SHORT_TURN: Duration = Duration::from_millis(1);
/// If nobody did anything for this long, the call is made, and the watchdog sees that it blocks.
const LONG: Duration = Duration::from_secs(2);

/// The object that stands for all things of this name.
#[must_use]
pub fn object(name: &str, caller: Option<Caller>) -> Object {
    let id = with_site(caller, |world, _, site| world.outside(name, site));
    id.map_or(Object::NONE, Object)
}

/// What the system keeps of a message beside its bytes, about.
const MESSAGE: u64 = 512;

/// Something happened to a descriptor that never blocks, so those who wait may look again.
pub fn stirred() {
    with(|world, _| world.look_outside());
}

/// So many bytes went into a pipe or a socket, where the system keeps them until somebody reads them.
/// Not each such call is a point: whoever sent too much comes to one here, and no further.
pub fn sent(bytes: u64, caller: Option<Caller>) {
    let sent = with(|world, _| {
        world.bytes += bytes + MESSAGE;
        world.bytes
    });
    if sent.is_some_and(|all| all >= MAX_BYTES) {
        kernel::point_from(Op::Send, object("a pipe or a socket", caller), 0, caller);
    }
}

/// The point before a call.
pub fn point(op: Op, object: Object, caller: Option<Caller>) {
    kernel::point_from(op, object, 0, caller);
}

/// Waits until something can be written without blocking: as [`await_ready`], but where there is
/// room nobody else goes first. A pipe that was never full has room however slow its reader is.
pub fn await_room(
    object: Object,
    until: Until,
    mut is_ready: impl FnMut(Duration) -> bool,
    caller: Option<Caller>,
) -> bool {
    is_ready(Duration::ZERO) || wait(object, until, SHORT_TURN, &mut is_ready, caller)
}

/// Waits until the call can be made without blocking, or until only the outside world can help.
/// `is_ready` says whether it can, and may wait for up to the given time. False when the time is
/// over.
pub fn await_ready(
    object: Object,
    until: Until,
    mut is_ready: impl FnMut(Duration) -> bool,
    caller: Option<Caller>,
) -> bool {
    wait(object, until, TURN, &mut is_ready, caller)
}

fn wait(
    object: Object,
    until: Until,
    turn: Duration,
    is_ready: &mut dyn FnMut(Duration) -> bool,
    caller: Option<Caller>,
) -> bool {
    let wait = WaitFor {
        word: OUTSIDE_WORD,
        object: object.0,
        child: NONE,
        deadline: until.deadline(),
    };
    let (mut waited, mut changes) = (Duration::ZERO, 0);
    loop {
        if with(|world, _| world.programs) == Some(0) && is_ready(Duration::ZERO) {
            return true;
        }
        if kernel::block(wait, caller) {
            return is_ready(Duration::ZERO);
        }
        let Some(others) = with(World::others_outside).flatten() else {
            continue;
        };
        let now = with(|world, _| world.changes).unwrap_or(0);
        if std::mem::replace(&mut changes, now) != now {
            waited = Duration::ZERO;
        }
        if !others || waited > LONG || is_ready(turn) {
            return true;
        }
        waited += turn;
    }
}

/// This task did something there that others can notice.
pub fn done(object: Object, act: Act, number: u64) {
    with(|world, me| {
        world.record(me, Kind::Act, object.number(), act as u64, number);
        world.changed_outside(me, object.number());
    });
}

/// This task starts a program that is no task.
pub fn starts_program(object: Object) {
    with(|world, me| {
        world.programs += 1;
        world.record(me, Kind::Act, object.number(), Act::Launched as u64, 0);
        world.changed();
    });
}
