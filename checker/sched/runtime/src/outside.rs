//! What the system does for a run: pipes, sockets, and programs that are no tasks.
//!
//! Only the system knows whether such a call would block. A task whose call would block is Blocked,
//! and looks again when another task has done something of the kind. When nobody else can go on, it
//! is found out who has the other end. If only tasks of the run have, it waits for them as for any
//! task, and if they all do so, nobody can ever go on. Otherwise the run really waits for the outside
//! world. While a program runs that is not a task, the system's answer would depend on how fast that
//! program is; so everybody else always goes first, as if the program were very slow.

use std::cell::Cell;
use std::sync::atomic::Ordering;
use std::time::Duration;

use sched_model::engine::block::WaitFor;
use sched_model::engine::outside::OUTSIDE_WORD;
use sched_model::engine::world::{Kind, NONE, Op, World};
use sched_model::kind::Act;
use sched_segment::hand_over;

use crate::attached::{segment, with};
use crate::kernel;
use crate::object::{Caller, Object, with_site};
use crate::record;
use crate::until::Until;

pub use sched_segment::os::open_files;

/// How long to wait for an answer before it is another task's turn: long, so that the speed of
/// programs seldom decides who is first.
const TURN: Duration = Duration::from_millis(500);
/// The same while waiting for room, which others have to make.
const SHORT_TURN: Duration = Duration::from_millis(1);
/// If nobody did anything for this long, the call is made, and the watchdog sees that it blocks.
const LONG: Duration = Duration::from_secs(2);

thread_local! {
    /// Whether this thread uses descriptors of a primitive's own.
    static OF_A_PRIMITIVE: Cell<bool> = const { Cell::new(false) };
}

/// Uses descriptors that a primitive of `mp` has for itself and that never block. What it does with them
/// is no step of the program's: the primitive has points of its own, and waits by a word.
pub fn for_a_primitive<T>(calls: impl FnOnce() -> T) -> T {
    let before = OF_A_PRIMITIVE.replace(true);
    let result = calls();
    OF_A_PRIMITIVE.set(before);
    result
}

/// Whether this thread does so now.
#[must_use]
pub fn is_for_a_primitive() -> bool {
    OF_A_PRIMITIVE.get()
}

/// The object that stands for all things of this name.
#[must_use]
pub fn object(name: &str, caller: Option<Caller>) -> Object {
    let id = with_site(caller, |world, _, site| world.outside(name, site));
    id.map_or(Object::NONE, Object)
}

/// What the system keeps of a message beside its bytes, about.
const MESSAGE: u64 = 512;

/// So many bytes went into a pipe or a socket, where the system keeps them until somebody reads them.
pub fn sent(bytes: u64) {
    with(|world, _| world.bytes += bytes + MESSAGE);
}

/// The point before a call. `end` is the number of the end that it uses, if it has one.
pub fn point(op: Op, object: Object, end: u64, caller: Option<Caller>) {
    if end != 0 {
        with(|world, me| world.thread_mut(me).end = end);
    }
    kernel::point_from(op, object, 0, caller);
}

/// Who can end a wait for a pipe, a socket or a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FarSide {
    /// Somebody who is no task of the run, or nobody knows who.
    Outside,
    /// Nobody but tasks of the run.
    Own {
        /// The number of the end at which they could do something; 0 where there is none such.
        end: u64,
        /// The leading task of a process that has it.
        holder: Option<u32>,
    },
    /// Whoever comes from outside, and nobody ever will while the run waits.
    Strangers,
}

/// The processes of the run: the leading task of each, and its real process id.
#[must_use]
pub fn processes() -> Vec<(u32, i32)> {
    let all = segment().into_iter().flat_map(|it| it.all_ids());
    let ids = all.map(|(task, ids)| (task, ids.process.load(Ordering::Acquire)));
    ids.filter(|&(_, pid)| pid != 0).collect()
}

/// The leading task of this process.
#[must_use]
pub fn own_leader() -> u32 {
    with(|world, me| world.task(me).process).unwrap_or(0)
}

/// Whether programs were started that are no tasks.
#[must_use]
pub fn has_programs() -> bool {
    with(|world, _| world.programs) != Some(0)
}

/// An address at which somebody of the run can be reached is used among the run's own tasks.
pub fn note_address(address: u64) {
    with(|world, _| world.note_address(address));
}

/// Whether an address is.
#[must_use]
pub fn knows_address(address: u64) -> bool {
    with(|world, _| world.knows_address(address)) == Some(true)
}

/// Whether this holds for one that is.
#[must_use]
pub fn any_address(holds: impl FnMut(u64) -> bool) -> bool {
    with(|world, _| world.known_addresses().any(holds)) == Some(true)
}

/// A message was sent to somebody who is no task of the run.
pub fn talks_to_others() {
    with(|world, _| world.talks_outside = 1);
}

/// Whether one was.
#[must_use]
pub fn has_talked_to_others() -> bool {
    with(|world, _| world.talks_outside) != Some(0)
}

/// What a task waits for outside.
pub struct Awaited<'a> {
    /// The object that stands for it.
    pub object: Object,
    /// Until when.
    pub until: Until,
    /// Whether it need not be waited for any more; may wait for up to the given time.
    pub is_ready: &'a mut dyn FnMut(Duration) -> bool,
    /// Who can end the wait.
    pub far_side: &'a dyn Fn() -> FarSide,
    /// From where.
    pub caller: Option<Caller>,
}

impl Awaited<'_> {
    /// Waits until something can be written without blocking: as [`Self::ready`], but where there is
    /// room nobody else goes first. A pipe that was never full has room however slow its reader is.
    pub fn room(mut self) -> bool {
        (self.is_ready)(Duration::ZERO) || self.wait(SHORT_TURN)
    }

    /// Waits until the call can be made without blocking, or until only the outside world can help.
    /// False when the time is over.
    pub fn ready(mut self) -> bool {
        self.wait(TURN)
    }

    fn wait(&mut self, turn: Duration) -> bool {
        let wait = WaitFor {
            word: OUTSIDE_WORD,
            object: self.object.0,
            child: NONE,
            deadline: self.until.deadline(),
        };
        let (mut waited, mut changes) = (Duration::ZERO, 0);
        loop {
            if !has_programs() && (self.is_ready)(Duration::ZERO) {
                return true;
            }
            if kernel::block(wait, self.caller) {
                return (self.is_ready)(Duration::ZERO);
            }
            let Some(others) = with(World::others_outside).flatten() else {
                continue;
            };
            match (self.far_side)() {
                FarSide::Outside => {}
                _ if (self.is_ready)(Duration::ZERO) => return true,
                FarSide::Own { end, holder } => {
                    self.wait_for_own(end, holder);
                    continue;
                }
                FarSide::Strangers => kernel::unsupported(STRANGERS, self.caller),
            }
            let now = with(|world, _| world.changes).unwrap_or(0);
            if std::mem::replace(&mut changes, now) != now {
                waited = Duration::ZERO;
            }
            if !others || waited > LONG || (self.is_ready)(turn) {
                return true;
            }
            waited += turn;
        }
    }

    /// Waits for a task of the run, and for nobody else.
    fn wait_for_own(&self, end: u64, holder: Option<u32>) {
        let Some(segment) = segment() else { return };
        let next = with(|world, me| {
            world.wait_for_own(me, self.object.0, end, holder);
            hand_over::decide(segment, world, me, me)
        });
        kernel::follow(next);
    }
}

/// What is said of a run that waits for somebody from outside.
const STRANGERS: &str =
    "the program waits for somebody from outside to connect, and nobody does while it is checked";

/// This task did something there that others can notice.
pub fn done(object: Object, act: Act, number: u64) {
    with(|world, me| {
        world.record(me, Kind::Act, object.number(), act as u64, number);
        world.changed_outside(me, object.number());
    });
}

/// This task asked for something there in vain.
pub fn in_vain(object: Object, act: Act) {
    record::looked(object, act, 0);
}

/// This task starts a program that is no task.
pub fn starts_program(object: Object) {
    with(|world, me| {
        world.programs += 1;
        world.record(me, Kind::Act, object.number(), Act::Launched as u64, 0);
        world.changed();
    });
}
