//! Calls that the scheduler does not control: pipes, sockets, and programs that are no tasks.
//!
//! Whether such a call would block only the system knows. Who would block is Blocked here, and looks
//! again when another task has done something of the kind. When nobody else can go on, it is the
//! world outside that is waited for, really. While a program runs that is no task, the system's
//! answer would depend on how fast that is; so everybody else goes first then, always: it could
//! always be so slow.

use std::time::Duration;

use crate::block::WaitFor;
use crate::decide::TaskSet;
use crate::kernel::{self, Caller, Object, Until, with};
use crate::run::{Act, ObjectKind};
use crate::world::{Kind, NEVER, NONE, Op, TaskRecord, World, state};

/// What tasks wait for that wait for something outside: no word has this address.
pub(crate) const OUTSIDE_WORD: u64 = 3;
/// Points that others may pass meanwhile: they may be made to go on for ever by a task that waits.
const PATIENCE: u32 = 2000;
/// How long an answer is waited for before it is another task's turn: long, so that it is seldom
/// the speed of programs that decides who is first.
const TURN: Duration = Duration::from_millis(500);
/// The same for room, which others are to make.
const SHORT_TURN: Duration = Duration::from_millis(1);
/// After so long, and nothing done by anybody, a call is made: the watchman sees that it blocks.
const LONG: Duration = Duration::from_secs(2);

impl World {
    /// Nobody else can go on, or they did for long: of those that wait for something outside, the
    /// one that has waited longest.
    pub(crate) fn next_outside(&self) -> TaskSet {
        let waits = |&task: &u32| waits_outside(self.task(task));
        let first = (0..self.task_count).filter(waits);
        let mut one = TaskSet::default();
        if let Some(first) = first.min_by_key(|&task| self.task(task).ready_order) {
            one.insert(first);
        }
        one
    }

    /// Whether others went on for so long that it is the turn of one that waits for something outside.
    pub(crate) fn outside_is_due(&self) -> bool {
        let due = |task: &TaskRecord| {
            waits_outside(task) && self.steps.saturating_sub(task.blocked_at) > PATIENCE
        };
        // Nearly every run has ended by then.
        self.steps > PATIENCE && self.tasks().iter().any(due)
    }

    /// Where `task` goes on because nobody else could: whether others wait for something outside, too.
    fn others_outside(&mut self, task: u32) -> Option<bool> {
        let is_last_resort = self.task(task).timed_out == LAST_RESORT;
        is_last_resort.then(|| self.next_outside() != TaskSet::default())
    }

    /// The object that stands for all pipes, or for all of another kind.
    fn outside(&mut self, name: &str, site: u32) -> u32 {
        let kind = ObjectKind::Outside;
        let known = self.named(kind, name);
        known.unwrap_or_else(|| self.add_object(kind as u32, name, site, 0).unwrap_or(NONE))
    }

    /// `task` did something that another one may wait for.
    fn changed_outside(&mut self, task: u32, object: u32) {
        self.learn(task, object);
        self.teach(task, object);
        self.changed();
        self.look_outside();
    }

    /// Those that wait for something outside may look again.
    pub(crate) fn look_outside(&mut self) {
        if self.programs == 0 {
            self.wake(OUTSIDE_WORD, NONE);
        }
    }
}

/// Whether a task waits, without an end, for something that is not controlled.
pub(crate) fn waits_outside(task: &TaskRecord) -> bool {
    task.state == state::BLOCKED && task.wait_word == OUTSIDE_WORD && task.deadline == NEVER
}

/// The object that stands for all things of this name.
#[must_use]
pub fn object(name: &str, caller: Option<Caller>) -> Object {
    let id = with(|world, _| {
        let site = caller.map_or(NONE, |caller| world.site(kernel::here(caller)));
        world.outside(name, site)
    });
    id.map_or(Object::NONE, Object)
}

/// Something happened to a descriptor that never blocks: who waits may look again.
pub fn stirred() {
    with(|world, _| world.look_outside());
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

/// Waits until the call can be made without blocking, or nobody but the world outside can help.
/// `is_ready` says whether it can, and may wait so long to see it. False when the time is over.
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

/// [`TaskRecord::timed_out`] of a task that goes on because nobody else could.
pub(crate) const LAST_RESORT: u32 = 2;

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
