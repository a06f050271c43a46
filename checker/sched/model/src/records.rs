//! The records that a `World` consists of: plain numbers, valid for each bit pattern.

use crate::intervention::{InterventionRecord, MAX_INTERVENTIONS};
use crate::liberty::{LibertyRecord, MAX_LIBERTIES};
use crate::limits::{MAX_EDGES, NEAR_TASKS};
use crate::numbered::numbered;
pub use crate::op::Op;
pub use crate::race_records::{CellRecord, MemoryRaceRecord, RaceRecord, WideClock, WideReads};
use crate::recurrence::Recurrence;
use crate::rng::SplitMix64;
pub use crate::state;

/// No task, object or site.
pub const NONE: u32 = u32::MAX;
/// The number of all objects for which the table has no room. They share one clock, which orders
/// too much: that can hide a race, and never makes one up.
pub const UNWATCHED: u32 = NONE - 1;
/// The virtual process id of main; other processes have the next ones.
pub const FIRST_PID: u32 = 40_001;
/// No deadline: waits until woken.
pub const NEVER: u64 = u64::MAX;

numbered! {
    /// Kinds of recorded events; the meaning of the two numbers is given for each.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[repr(u32)]
    pub enum Kind {
        /// a: child.
        Start = 1,
        /// Nothing more.
        Begin,
        /// a: exit code as i32 bits.
        Exit,
        /// a: child.
        JoinWait,
        /// a: child.
        Joined,
        /// a: task, b: 1 if alive.
        IsAlive,
        /// a: task, b: signal.
        Signal,
        /// On the event's object.
        Blocked,
        /// On the event's object.
        Acquired,
        /// On the event's object.
        WouldBlock,
        /// On the event's object.
        Released,
        /// a: index, b: bits.
        Read,
        /// a: index, b: bits.
        Wrote,
        /// a: index, b: bits.
        Updated,
        /// a: nanoseconds.
        Sleep,
        /// Nothing more.
        Clock,
        /// Nothing more.
        Yield,
        /// Nothing more.
        Random,
        /// a: offset, b: length of the text.
        Print,
        /// a: offset, b: length of the text, on standard error.
        Complaint,
        /// a, b: offset and length of the name.
        Enter,
        /// a, b: offset and length of the name.
        Leave,
        /// Nothing more; message and place are in the task's record.
        Panic,
        /// On the event's object. a: [`Act`](crate::run::Act), b: its number.
        Act,
        /// On the event's object. a, b: offset and length of the request's text; in the upper halves
        /// its subject's number, and its key's with [`Asked`](crate::run::Asked) in the lowest byte.
        Request,
        /// On the event's object. a, b: offset and length of the answer's text.
        Answer,
        /// a, b: a packed `FileAct` and `FileResult`; for a new name b is its object.
        File,
        /// On the event's object.
        Again,
        /// a: child.
        GaveUp,
        /// a: [`Refusal`](crate::run::Refusal).
        StartFailed,
    }
}

/// How a run ended; the meaning of `end_task` and `end_text` is given for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Ending {
    /// Still going on.
    Open = 0,
    /// All tasks exited.
    Finished,
    /// `end_task` closed the cycle of waits, or is [`NONE`].
    Deadlock,
    /// Nothing more: the tasks that repeat themselves say so in their records.
    Livelock,
    /// Task.
    EndlessLoop,
    /// Task.
    TooMuchOutput,
    /// Task.
    OutOfMemory,
    /// Task and reason.
    Inconclusive,
}

/// A piece of the text area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct Text {
    /// First byte.
    pub start: u32,
    /// Number of bytes.
    pub len: u32,
}

/// How a schedule is to be made. Written by the checker before each run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct Config {
    /// The seed of the check.
    pub seed: u64,
    /// Number of the schedule within its row.
    pub schedule: u32,
    /// `Strategy::code`.
    pub strategy: u32,
    /// How long a ready task may be kept waiting, in virtual nanoseconds (`D`).
    pub max_delay: u64,
    /// The same where the time limit of a wait runs out.
    pub limit_delay: u64,
    /// How much later each look at the clock finds it than it is, in virtual nanoseconds a look.
    pub clock_drift: u64,
    /// How often a task may repeat its questions while nothing changes, before it steps back.
    pub patience: u32,
    /// Points of the natural run, for strategies that place changes along its length.
    pub length: u32,
    /// Number of `edges` in use.
    pub edge_count: u32,
    /// Edges of the lock-order graph that lie on a cycle: (held, wanted).
    pub edges: [[u32; 2]; MAX_EDGES],
    /// Length of the list that the strategy follows.
    pub list_len: u32,
    /// What is done otherwise than the schedule would.
    pub interventions: [InterventionRecord; MAX_INTERVENTIONS],
    /// Scheduling points that the run may pass: [`MAX_STEPS`](crate::limits::MAX_STEPS), or more.
    pub most_steps: u32,
    /// 1 if the number of the schedule says which liberties to take.
    pub takes_liberties: u32,
    /// The liberties to take if it does not.
    pub liberties: [LibertyRecord; MAX_LIBERTIES],
}

/// One task.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct TaskRecord {
    /// One of [`state`].
    pub state: u32,
    /// Who started it.
    pub parent: u32,
    /// The leading task of its process: itself, unless it is a further thread.
    pub process: u32,
    /// Number of its process, in order of creation.
    pub pid: u32,
    /// 1 when it ended only because its process did.
    pub cut_off: u32,
    /// 1 for a daemon: it does not keep the run alive.
    pub daemon: u32,
    /// 1 once its parent asked whether it had exited, and learned that it had.
    pub joined: u32,
    /// Exit code, valid when exited; negative for a signal.
    pub exit_code: i32,
    /// Signal that will end it when it is next chosen; 0 for none.
    pub pending_kill: u32,
    /// Virtual time from which it may run. Sleeping and waiting move it, being chosen late does
    /// not: so the delays of a task do not add up.
    pub ready_at: u64,
    /// Until when the strategy keeps it from running; 0 when it does not.
    pub delayed_until: u64,
    /// When its wait times out.
    pub deadline: u64,
    /// The last deadline that it keeps in its own memory, in the form in which it is stored there.
    pub until: u64,
    /// What it waits for: the address of a word.
    pub wait_word: u64,
    /// The object it waits for.
    pub wait_object: u32,
    /// The child it waits for.
    pub wait_child: u32,
    /// 1 when the last wait ended by its deadline, 2 when nobody but this task could go on.
    pub timed_out: u32,
    /// Points passed when its last wait began.
    pub blocked_at: u32,
    /// What it is about to do.
    pub op: u32,
    /// On which object.
    pub op_object: u32,
    /// On which element of it.
    pub op_index: u32,
    /// On which object the operation before was.
    pub last_object: u32,
    /// What it did before that, [`Op`].
    pub last_op: u32,
    /// Where.
    pub site: u32,
    /// Where it was started.
    pub started_at: u32,
    /// Where it panicked.
    pub panic_site: u32,
    /// Its name.
    pub name: Text,
    /// Its panic message; empty for none.
    pub panic: Text,
    /// Order in which it became ready.
    pub ready_order: u64,
    /// 1 while it steps back because its last operations said "not yet", 2 while it yields.
    pub stepped_back: u32,
    /// Number of "not yet" operations remembered.
    pub polled: u32,
    /// How often one of them was announced again, with nothing changed in between.
    pub repeated: u32,
    /// These operations.
    pub polls: [u64; 4],
    /// The value of `changes` they belong to.
    pub polls_at: u64,
    /// Priority, for strategies that have them.
    pub priority: u64,
    /// Whether its registers and its private memory come back to what they were.
    pub memory: Recurrence,
    /// The same of what is quick to look at: its registers and the top of its stack.
    pub glance: Recurrence,
    /// How often it was its turn when somebody had to be chosen.
    pub decisions: u32,
    /// The last clock value it read, plus one; 0 for none.
    pub clock_read: u64,
    /// How often in a row it read the same time.
    pub clock_spins: u32,
    /// 1 once it read the same time twice.
    pub clock_waited: u32,
    /// 1 once it passed a fence that releases.
    pub fenced: u32,
    /// Its stream of random numbers.
    pub random: SplitMix64,
}

/// What is known about a task because it is a thread, or has threads. Kept apart from
/// [`TaskRecord`], so that programs without threads do not touch it.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct ThreadRecord {
    /// Threads it started.
    pub started: u32,
    /// 1 when it was unparked and did not park since.
    pub token: u32,
    /// The object that stands for the token, plus one; 0 for none yet.
    pub parker: u32,
    /// Its slot, plus one, in a run where slots are given to a second task; 0 where it is the task's
    /// number.
    pub slot: u32,
    /// What the slot's own place in its clock began with, if the slot had another task before.
    pub first_time: u32,
    /// What is known of its result: bits of [`ThreadRecord::LET_GO`] and its like.
    pub result: u32,
    /// The scope it was started in; 0 for none.
    pub scope: u64,
    /// Where its stack begins, and where it ends; 0 for a leading task.
    pub stack: [u64; 2],
    /// From this address on, other threads may borrow what lies on its stack; 0 for nothing.
    pub lent: u64,
    /// Hash of what the threads of this process have in common, for a leading task.
    pub common: u64,
    /// The value of `changes` that it belongs to.
    pub common_at: u64,
    /// The same at which all memory of this process began to be compared.
    pub watched_at: u64,
    /// The value of `quiet` up to which it is.
    pub watched_until: u32,
    /// The value of `quiet` up to which it is not tried again.
    pub rests_until: u32,
    /// The value of `ready_orders` when it came between steps that are kept together.
    pub inside_since: u64,
    /// Between which steps of an intervention it is, a bit for each.
    pub inside: u32,
    /// How often it came to a place where std leaves open what happens.
    pub liberties: u32,
    /// Of the run's processes that alone have the awaited end of a pipe or socket: the leading task
    /// of one, plus one; 0 for none.
    pub far_holder: u32,
    /// The number of that end; 0 where it is not known.
    pub far_end: u64,
    /// The number of the end of a pipe or socket that this task used last; 0 for none.
    pub end: u64,
    /// How often it used a count.
    pub counted: u32,
    /// How often it asked one in vain since a point, and which.
    pub asked: [u32; 2],
    /// Whether its registers and the top of its stack come back to what they were without any news.
    /// Here, since it is looked at only after many points without any.
    pub spins: Recurrence,
}

/// A lock, a value, or another thing with a name.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct ObjectRecord {
    /// `ObjectKind` as a number.
    pub kind: u32,
    /// Who holds it.
    pub owner: u32,
    /// Since where.
    pub owner_site: u32,
    /// 1 when nobody but the owner can give it back.
    pub owner_only: u32,
    /// Its name.
    pub name: Text,
    /// Where it was made.
    pub made_at: u32,
    /// First of its cells.
    pub cell: u32,
    /// Number of cells.
    pub cells: u32,
    /// What the bits of its elements mean: `Meaning` as a number.
    pub meaning: u32,
    /// Number within its kind, for default names.
    pub number: u32,
    /// Notifications that an intervention keeps.
    pub kept: u32,
    /// Who gave the last one of these.
    pub kept_by: u32,
    /// The tasks, by their places, for which one for all is kept.
    pub kept_for: u64,
    /// The first places of its vector clock.
    pub clock: [u32; NEAR_TASKS],
}

/// A task's share of a lock that several may hold.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct ReadRecord {
    /// The lock.
    pub object: u32,
    /// Who holds a share.
    pub task: u32,
    /// Since where.
    pub site: u32,
    /// How often it took one.
    pub times: u32,
}

/// An atomic, known by its address.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct AtomicRecord {
    /// Where it is.
    pub address: u64,
    /// In which process.
    pub process: u32,
    /// The object that it is.
    pub object: u32,
    /// Which slot of the table leads here.
    pub slot: u32,
    /// Always 0.
    pub reserved: u32,
}

/// One recorded event.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct EventRecord {
    /// Virtual time.
    pub time: u64,
    /// Who.
    pub task: u32,
    /// [`Kind`].
    pub kind: u32,
    /// Where.
    pub site: u32,
    /// On what.
    pub object: u32,
    /// First number.
    pub a: u64,
    /// Second number.
    pub b: u64,
}

/// One decision between several tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct ChoiceRecord {
    /// The virtual clock after it.
    pub clock: u64,
    /// Who was chosen.
    pub task: u32,
    /// Events recorded before it.
    pub events: u32,
    /// Who else could have been chosen: the bits of the first slots, low ones first.
    pub candidates: [u64; 2],
    /// Who could have gone on without being interrupted.
    pub current: u32,
    /// The object that the chosen task had announced it would use next.
    pub object: u32,
    /// What kind of decision it was, and how many tasks there had been: see [`ChoiceRecord::how`].
    pub how: u32,
    /// How many decisions this stands for: further ones let the same task go on, as the natural
    /// schedule would.
    pub times: u32,
}

impl ChoiceRecord {
    /// In `how`: the task that ran could have gone on, and did not.
    pub const PREEMPTS: u32 = 1;
    /// In `how`: the natural schedule would have chosen another one.
    pub const DEVIATES: u32 = 2;

    /// The two bits, and how many tasks there had been: of two that had the same slot, the later one
    /// is meant.
    #[must_use]
    pub fn how(preempts: bool, deviates: bool, tasks: u32) -> u32 {
        let bits = (u32::from(preempts) * Self::PREEMPTS) | (u32::from(deviates) * Self::DEVIATES);
        bits | tasks << 2
    }

    /// How many tasks there had been.
    #[must_use]
    pub fn tasks(&self) -> u32 {
        self.how >> 2
    }

    /// Whether a further choice of this task, of this kind, goes on as the natural schedule would.
    #[must_use]
    pub fn goes_on(&self, task: u32, how: u32) -> bool {
        self.task == task && how & (Self::PREEMPTS | Self::DEVIATES) == 0
    }
}

/// A choice that a run is to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct ReplayRecord {
    /// The virtual clock then is no earlier than this.
    pub clock: u64,
    /// Who is to be chosen.
    pub task: u32,
    /// How many times in a row.
    pub times: u32,
}

impl ReplayRecord {
    /// The choice of a task, at this time or later, so many times in a row.
    #[must_use]
    pub fn new(task: u32, clock: u64, times: u32) -> Self {
        Self { clock, task, times }
    }
}

/// A choice in which a run is to differ from the natural schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct DeviationRecord {
    /// Whose turn it is.
    pub holder: u32,
    /// Who is to go on instead.
    pub task: u32,
    /// Which of the holder's turns, from 0.
    pub turn: u64,
}

/// An entry of the log: an event and a decision, side by side in memory and not related.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct LogRecord {
    /// The event of this number.
    pub event: EventRecord,
    /// The choice of this number.
    pub choice: ChoiceRecord,
}
