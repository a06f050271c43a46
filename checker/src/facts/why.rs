//! Why a run fails, as data: the events that prove which mistake it was, by their numbers in the run.

use sched_model::run::{ObjectId, TaskId};

use crate::facts::Cause;
use crate::facts::fact::{Awaited, Line};

/// The mistake behind a failure.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// Who waits for what tells it all.
    Wait(Plain),
    /// Nobody is left who would give what is waited for.
    NobodyLeft {
        /// What that is.
        missing: Missing,
        /// Who gave it last, the event.
        last: Option<usize>,
        /// Beginning to wait for the end of a thread, by the only one who could give it.
        joins: Option<usize>,
    },
    /// Nobody goes on who might give what is waited for.
    NobodyGoesOn {
        /// What that is.
        missing: Missing,
        /// Who waits for it, and all others that live.
        waits: Vec<Stays>,
        /// A message of who waits that nobody took, in a place where only that one took any: putting
        /// it, and taking the last one.
        own: Option<[usize; 2]>,
    },
    /// Another task changed what was seen, and it was acted on all the same; with the lock that was
    /// held at both ends and released in between, if there is one.
    CheckThenAct(Stale, Option<ObjectId>),
    /// The same with a write, which undid the change.
    LostUpdate(Stale, Option<ObjectId>),
    /// The same, but each of the two held a lock all the time.
    TwoLocksAround(Stale, [ObjectId; 2]),
    /// Two tasks each held a lock at an event, but not the same one.
    TwoLocks([(ObjectId, usize); 2]),
    /// Another task used something between two steps that belong together.
    NotAtomic {
        /// What they use, if it is the same.
        object: Option<ObjectId>,
        /// The first step.
        before: usize,
        /// That of the other one.
        between: usize,
        /// The second step.
        after: usize,
    },
    /// A sleep was over before this task was done.
    Slept(usize, TaskId),
    /// A task gave up, at this event, and went on without what it had waited for.
    GaveUp(usize),
    /// A parent did not wait for a child.
    Unjoined {
        /// The parent.
        parent: TaskId,
        /// The child.
        child: TaskId,
        /// Where the parent went on.
        until: usize,
        /// Where the child was done.
        late: Late,
    },
    /// What a task had looked at was changed, and no sign was given after that.
    ChangedUntold {
        /// The look.
        look: usize,
        /// The change after it.
        change: usize,
        /// The last sign of who changed it, before that.
        told: usize,
    },
    /// An event was set and cleared before a task began to wait for it.
    Cleared {
        /// Setting it.
        set: usize,
        /// Clearing it.
        cleared: usize,
        /// Beginning to wait.
        begins: usize,
    },
    /// A notification woke a task that waited again, while others were waiting, too.
    WrongOneWoken {
        /// The notification.
        notified: usize,
        /// Waiting again.
        again: usize,
    },
    /// A notification woke some of those that waited, and one of the others waits for ever.
    WokeTooFew {
        /// The notification.
        notified: usize,
        /// Beginning to wait, by the other one.
        begins: usize,
    },
    /// What each of some tasks waits for, and when it began to; the next one would give it, and that of
    /// the last one the first.
    EachForTheNext(Vec<(Awaited, usize)>),
    /// A task took messages and did not report all of them as done.
    NotDone {
        /// Taking the last one.
        last: usize,
        /// How many it took.
        taken: usize,
        /// How many it reported.
        done: usize,
    },
    /// A task holds what those need that it waits for.
    HeldWhileWaiting {
        /// What it waits for.
        awaited: Awaited,
        /// Beginning to wait for that.
        begins: usize,
        /// Taking what it holds.
        took: usize,
        /// Beginning to wait for that, by another.
        blocked: usize,
    },
    /// Receiving never ends, because the task of this event, which put a message there, still has the
    /// sender that it used.
    SenderKept(usize),
    /// The end of the file never comes, because somebody holds the other end of the pipe.
    OpenEnd {
        /// Who waits.
        task: TaskId,
        /// Who holds the other end; it may be the same.
        holder: TaskId,
        /// The pipe.
        pipe: ObjectId,
    },
    /// A child needs a lock that its parent held when it started it.
    HeldAtFork {
        /// The child.
        child: TaskId,
        /// Taking the lock.
        took: usize,
        /// Starting the child.
        start: usize,
    },
    /// The only one who gave to an object died.
    GiverDied {
        /// The object.
        object: ObjectId,
        /// Its end.
        end: usize,
        /// Whether that was by a signal.
        by_signal: bool,
    },
    /// What was seen is gone, and the task now waits for it: a message, or room for one.
    StaleLook {
        /// The look, the change, and beginning to wait.
        stale: Stale,
        /// Whether it is a message.
        message: bool,
    },
    /// What was read, or stays, at this event is not the newest value.
    WeakOrder(usize),
    /// Who was woken did not look again.
    IfNotWhile {
        /// The look before the wait.
        look: usize,
        /// The notification.
        notified: usize,
        /// What another did since, if that is what made it pointless.
        change: Option<usize>,
        /// What was done then.
        act: usize,
    },
}

/// A mistake that needs no events to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    /// Each of those who wait holds what the next one waits for.
    Cycle,
    /// The one who waits holds it itself.
    Itself,
    /// The same of a lock that several may read at once.
    ItselfReading,
    /// Nobody waited yet when the notification came.
    NotifiedTooEarly,
    /// It is a copy of what was held when the process was made.
    CopyHeld,
    /// Who took it has ended.
    NeverReleased,
    /// Nobody takes what a process put into a queue.
    NotDrained,
    /// Nobody is left who would send.
    NoSender,
    /// A sender of a channel is still alive.
    SenderAlive,
    /// Not so many come to the barrier any more.
    TooFew,
}

/// What is waited for in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A message.
    Message,
    /// Others at a barrier.
    Others,
    /// Room for a message.
    Room,
    /// A notification.
    Notification,
    /// That an event is set.
    Sign,
    /// A permit.
    Permit,
    /// That a thread is unparked.
    Token,
}

/// A look, another task's change, and what was done because of the look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stale {
    /// What was looked at, and which part of it, where it may have several.
    pub of: (ObjectId, Option<u32>),
    /// The look.
    pub look: usize,
    /// The change.
    pub change: usize,
    /// What the one who looked did then.
    pub act: usize,
}

/// A wait that never ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Stays {
    /// Whose.
    pub task: TaskId,
    /// For what.
    pub awaited: Awaited,
    /// Where.
    pub at: Line,
    /// At which object, if nobody else ever used it.
    pub alone: Option<ObjectId>,
}

/// Where a child was done, after its parent had gone on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Late {
    /// In this event of the run.
    At(usize),
    /// Never; where all is well, it is in this line.
    Never(Line),
    /// Never, since it was over with it when its parent ended.
    CutOff,
}

impl Why {
    /// Which mistake that is.
    pub fn cause(&self) -> Cause {
        match self {
            Why::Wait(plain) => plain.cause(),
            Why::NobodyLeft { .. } | Why::NobodyGoesOn { .. } => Cause::NobodyLeft,
            Why::CheckThenAct(..) | Why::StaleLook { .. } => Cause::CheckThenAct,
            Why::LostUpdate(..) => Cause::LostUpdate,
            Why::TwoLocks(_) | Why::TwoLocksAround(..) => Cause::TwoLocks,
            Why::NotAtomic { .. } => Cause::NotAtomic,
            Why::Slept(..) => Cause::SleepAsSync,
            Why::GaveUp(_) => Cause::GaveUp,
            Why::Unjoined { .. } => Cause::Unjoined,
            Why::Cleared { .. } => Cause::ClearedTooEarly,
            Why::WrongOneWoken { .. } | Why::WokeTooFew { .. } | Why::ChangedUntold { .. } => {
                Cause::LostWakeup
            }
            Why::EachForTheNext(_) => Cause::MutualWait,
            Why::NotDone { .. } => Cause::TaskNotDone,
            Why::HeldWhileWaiting { .. } => Cause::HeldWhileWaiting,
            Why::OpenEnd { .. } | Why::SenderKept(_) => Cause::NoSender,
            Why::HeldAtFork { .. } => Cause::HeldAtFork,
            Why::GiverDied { .. } => Cause::WaitsForDead,
            Why::IfNotWhile { .. } => Cause::IfNotWhile,
            Why::WeakOrder(_) => Cause::WeakOrder,
        }
    }
}

impl Plain {
    fn cause(self) -> Cause {
        match self {
            Plain::Cycle => Cause::LockCycle,
            Plain::Itself | Plain::ItselfReading => Cause::SelfDeadlock,
            Plain::NotifiedTooEarly => Cause::LostWakeup,
            Plain::CopyHeld => Cause::HeldAtFork,
            Plain::NeverReleased => Cause::NeverReleased,
            Plain::NotDrained => Cause::QueueNotDrained,
            Plain::NoSender | Plain::SenderAlive => Cause::NoSender,
            Plain::TooFew => Cause::TooFewAtBarrier,
        }
    }
}
