//! A finished run as the checker reads it: how it ended, what each task did and printed.
//!
//! Everything here is plain owned data, decoded from the segment after the last process of the
//! run is gone. Tasks and objects are named by their index in [`Run::tasks`] and [`Run::objects`].

use std::time::Duration;

pub use crate::cells::Meaning;
pub use crate::choice::{Choice, Deviation, deviations};
pub use crate::engine::memory::How;
use crate::engine::strategy::Strategy;
pub use crate::file_act::{FileAct, FileResult};
pub use crate::ids::{ObjectId, TaskId};
pub use crate::kind::{Act, Asked, ObjectKind, Part, Refusal};
pub use crate::liberty::{Freedom, Liberty};
use crate::limits::{BLOCKS_PER_POINT, BLOCKS_PER_WORK, SWITCH};
pub use crate::op::Op;
pub use crate::site::Site;
pub use crate::task_set::TaskSet;

/// One execution of the program under one schedule, to the exit of its last process.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The schedule's number within its row of arguments.
    pub schedule: u32,
    /// What chose the tasks.
    pub strategy: Strategy,
    /// Whether ready tasks ran without delay, so that [`Run::makespan`] may be judged.
    pub timing: bool,
    /// How the run ended.
    pub end: End,
    /// Tasks in the order of their creation.
    pub tasks: Vec<Task>,
    /// Named objects (locks, values, …) in the order of their creation.
    pub objects: Vec<Object>,
    /// The trace. Of a long run some steps are left out where nobody else went on for long.
    pub events: Vec<Event>,
    /// How many.
    pub left_out: u64,
    /// What was printed to standard output, line by line.
    pub output: Vec<Line>,
    /// What was printed to standard error, panic messages included.
    pub stderr: String,
    /// Unordered accesses to unsynchronised cells.
    pub races: Vec<Race>,
    /// Unordered accesses to plain memory, of programs whose unsafe code is watched.
    pub memory_races: Vec<MemoryRace>,
    /// Whether more plain memory was in use than can be watched.
    pub memory_left_out: bool,
    /// The task chosen at each decision: replaying this list gives the same run.
    pub choices: Vec<Choice>,
    /// The liberties taken, in order.
    pub liberties: Vec<Liberty>,
    /// The lines that leave something open, as far as they are known, and to how many such places the
    /// run had come before it came to each.
    pub open: Vec<(Site, u32)>,
    /// Pairs of uses of a count that nothing orders: where the later one is, and how many uses of
    /// counts came before each of the two.
    pub met: Vec<(Site, [u32; 2])>,
    /// Virtual time from the start of main to the exit of the last task.
    pub makespan: Duration,
    /// Scheduling points passed.
    pub steps: u32,
    /// How often another task went on than the one before.
    pub switches: u32,
    /// Bytes of texts, names and messages, and a quarter of those of files.
    pub bytes: u64,
    /// Basic blocks of its own code that the program computed, where these are counted.
    pub computed: u64,
}

impl Run {
    /// A run about which nothing is known except why it is inconclusive.
    #[must_use]
    pub fn inconclusive(schedule: u32, strategy: Strategy, reason: String) -> Self {
        Self {
            schedule,
            strategy,
            timing: false,
            end: End::Inconclusive { reason, at: None },
            tasks: Vec::new(),
            objects: Vec::new(),
            events: Vec::new(),
            left_out: 0,
            output: Vec::new(),
            stderr: String::new(),
            races: Vec::new(),
            memory_races: Vec::new(),
            memory_left_out: false,
            choices: Vec::new(),
            liberties: Vec::new(),
            open: Vec::new(),
            met: Vec::new(),
            makespan: Duration::ZERO,
            steps: 0,
            switches: 0,
            bytes: 0,
            computed: 0,
        }
    }

    /// What a manager answered to this request, where that is known.
    #[must_use]
    pub fn answer(&self, request: &Event) -> Option<&str> {
        let from = self.events.element_offset(request)?;
        let mine = self.events[from + 1..].iter();
        let mut mine = mine.filter(|it| (it.task, it.object) == (request.task, request.object));
        // It may have to wait for the answer before.
        match &mine.find(|it| it.what != What::Blocked)?.what {
            What::Answer(answer) => Some(answer),
            _ => None,
        }
    }

    /// What it took to make and to judge this run, about in scheduling points: a sum of counts, so that
    /// it is the same on every machine.
    #[must_use]
    pub fn work(&self) -> u64 {
        let started = self.tasks.iter().enumerate();
        let started = started.map(|(id, task)| if task.process == id { PROCESS } else { THREAD });
        let used_file = |event: &&Event| matches!(event.what, What::File(..));
        let files = self.events.iter().filter(used_file).count() as u64;
        u64::from(self.steps)
            + self.events.len() as u64 / EVENTS
            + started.sum::<u64>()
            + FILE * files
            + self.bytes / BYTES
            + self.computed / BLOCKS_PER_WORK
    }

    /// How long it took, about in scheduling points.
    #[must_use]
    pub fn cost(&self) -> u64 {
        u64::from(self.steps) + SWITCH * u64::from(self.switches) + self.computed / BLOCKS_PER_POINT
    }

    /// Where it took liberties: which events say so, and what happened.
    pub fn freely(&self) -> impl Iterator<Item = (usize, &Event, Freedom)> {
        let freedom = |event: &Event| match event.what {
            What::Act(Act::Freely, number) => Freedom::from_code(number),
            _ => None,
        };
        let all = self.events.iter().enumerate();
        all.filter_map(move |(at, event)| Some((at, event, freedom(event)?)))
    }

    /// Of an event that says that a newer value was not seen, or that what was stored was overwritten at
    /// once: which values these were.
    #[must_use]
    pub fn unseen(&self, at: usize) -> Option<Unseen> {
        let event = self.events.get(at)?;
        let (before, after) = (&self.events[..at], &self.events[at + 1..]);
        let used = after.iter().find(|it| it.task == event.task)?;
        let (What::Read(_, value) | What::Wrote(_, value)) = used.what else {
            return None;
        };
        let overtaken = What::Act(Act::Freely, Freedom::Overtaken as u64);
        let newest = |(at, it): (usize, &Event)| match it.what {
            What::Wrote(_, value) | What::Updated(_, value) if it.object == event.object => {
                let mut mine = before[..at]
                    .iter()
                    .rev()
                    .filter(|other| other.task == it.task);
                let stays = mine.next().is_none_or(|other| other.what != overtaken);
                stays.then_some((at, value))
            }
            _ => None,
        };
        let (stored, newest) = before.iter().enumerate().rev().find_map(newest)?;
        (used.object == event.object).then_some(Unseen {
            value,
            newest,
            stored,
        })
    }

    /// Whether `task` is a manager's own process, which the program has not started by name.
    #[must_use]
    pub fn serves(&self, task: TaskId) -> bool {
        let manages = |object: &Object, task: &Task| {
            object.kind == ObjectKind::Manager
                && object.name == task.name
                && object.made_at == task.started_at
        };
        let task = self.tasks.get(task).filter(|task| task.daemon);
        task.is_some_and(|task| self.objects.iter().any(|object| manages(object, task)))
    }
}

/// A value that is not the newest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unseen {
    /// Its bits.
    pub value: u64,
    /// Those of the newest.
    pub newest: u64,
    /// The event by which that was stored.
    pub stored: usize,
}

/// How many events, or bytes, cost about as much as a scheduling point, which takes a microsecond or
/// two; and how many points a use of a file, a process and a thread cost: measured, and rounded.
const EVENTS: u64 = 4;
const BYTES: u64 = 1024;
const FILE: u64 = 2;
const PROCESS: u64 = 50;
const THREAD: u64 = 10;

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// Every task exited by itself.
    Finished,
    /// Some task that is no daemon can never go on.
    Deadlock {
        /// Every blocked task and what it waits for.
        waits: Vec<Wait>,
        /// The tasks of a cycle of waits, in order; empty where there is no cycle.
        cycle: Vec<TaskId>,
    },
    /// The remaining tasks repeat the same states for ever.
    Livelock {
        /// The tasks that repeat themselves, with the operation they repeat.
        tasks: Vec<(TaskId, Option<Site>)>,
    },
    /// A task computed beyond the limit of CPU time without reaching a scheduling point.
    EndlessLoop {
        /// The task.
        task: TaskId,
        /// Its last scheduling point.
        last: Option<Site>,
    },
    /// More was printed than the limit.
    TooMuchOutput {
        /// The task that printed beyond it.
        task: TaskId,
    },
    /// More memory was asked for than the limit.
    OutOfMemory {
        /// The task that asked for it.
        task: TaskId,
    },
    /// The checker cannot tell; never the learner's fault.
    Inconclusive {
        /// Why, as a fragment that reads well after "inconclusive: ".
        reason: String,
        /// Where, if known.
        at: Option<Site>,
    },
}

/// A blocked task and what it waits for.
#[derive(Clone, Debug, PartialEq)]
pub struct Wait {
    /// Who waits.
    pub task: TaskId,
    /// For which object, if it is an object.
    pub object: Option<ObjectId>,
    /// For whose exit, if it joins.
    pub child: Option<TaskId>,
    /// Where it waits.
    pub at: Option<Site>,
    /// Who holds the object, and since where.
    pub holder: Option<(TaskId, Option<Site>)>,
    /// What it was about to do; `None` for a scribbled record.
    pub op: Option<Op>,
    /// Who could end it, where it waits for a pipe or a socket of which all ends are the run's own.
    pub far_side: Option<Vec<TaskId>>,
}

/// A process's main thread, which leads the process, or another thread of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// `main`, `Process-1`, `Thread-1`, or the name the learner gave.
    pub name: String,
    /// The leading task of its process: itself, unless it is another thread.
    pub process: TaskId,
    /// Virtual process id: 40001 + order of creation among processes.
    pub pid: u32,
    /// Who started it; `None` for main.
    pub parent: Option<TaskId>,
    /// Where it was started.
    pub started_at: Option<Site>,
    /// Whether it is a daemon.
    pub daemon: bool,
    /// Exit code as CPython tells it (negative: killed by that signal); of a thread 0, or 101 after
    /// a panic. `None` while alive, and for a thread that did not end before its process.
    pub exit_code: Option<i32>,
    /// Whether its parent joined it or saw that it was gone. The joins at the parent's own end do
    /// not count.
    pub joined: bool,
    /// Whether nobody can join it any more, being a thread whose handle was dropped.
    pub let_go: bool,
    /// Whether another task found a lock poisoned by its panic.
    pub poison_seen: bool,
    /// Message and place of the panic that ended it.
    pub panic: Option<(String, Option<Site>)>,
}

/// A named thing that tasks meet at.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// `Lock-1`, or the name the learner gave.
    pub name: String,
    /// What it is.
    pub kind: ObjectKind,
    /// What the bits of its cells mean.
    pub meaning: Meaning,
    /// Where it was made.
    pub made_at: Option<Site>,
    /// Who holds it at the end of the run, and since where.
    pub holder: Option<(TaskId, Option<Site>)>,
}

/// One thing a task did.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Virtual time since the start of main.
    pub time: Duration,
    /// Who.
    pub task: TaskId,
    /// What.
    pub what: What,
    /// At which line.
    pub at: Option<Site>,
    /// On which object.
    pub object: Option<ObjectId>,
}

/// What an event says. Events with the same meaning for different objects share a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Started a child.
    Start(TaskId),
    /// Could not start one.
    StartFailed(Refusal),
    /// Began to run.
    Begin,
    /// Exited with this code (negative: a signal).
    Exit(i32),
    /// Waits for a child's exit.
    JoinWait(TaskId),
    /// Saw a child's exit.
    Joined(TaskId),
    /// Waited for a child's exit, and gave up when the time was over.
    GaveUp(TaskId),
    /// Asked whether a task is alive, and the answer.
    IsAlive(TaskId, bool),
    /// Sent a signal to a task.
    Signal(TaskId, i32),
    /// Wants an object that is held.
    Blocked,
    /// Took the object.
    Acquired,
    /// Tried to take the object and could not.
    WouldBlock,
    /// Gave the object back.
    Released,
    /// Read a shared cell (its index, the value's bits).
    Read(u32, u64),
    /// Wrote a shared cell (its index, the value's bits).
    Wrote(u32, u64),
    /// Changed a shared cell in one step (its index, the new value's bits).
    Updated(u32, u64),
    /// Went to sleep for this long.
    Sleep(Duration),
    /// Read the clock.
    Clock,
    /// Let others go first.
    Yield,
    /// Is about to ask again, without waiting, what it asked before, although nothing has changed
    /// since.
    Again,
    /// Drew a random number.
    Random,
    /// Printed; index of the first line in [`Run::output`] and number of lines it touched.
    Print(usize, usize),
    /// Entered a marked section (its name).
    Enter(String),
    /// Left a marked section (its name).
    Leave(String),
    /// Panicked.
    Panic,
    /// Did something to the object that only this kind of object offers, with a number.
    Act(Act, u64),
    /// Sent a request to a manager: its text, which part of the manager's things it is about, and
    /// what it does to that.
    Request(String, Part, Asked),
    /// Got the answer to its request.
    Answer(String),
    /// Did something with a file.
    File(FileAct, FileResult),
    /// Gave a file this new name.
    Renamed(Option<ObjectId>),
}

/// A line of standard output.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Who began the line.
    pub task: TaskId,
    /// The text, without the newline.
    pub text: String,
    /// The line of source that printed its first part.
    pub at: Option<Site>,
    /// When it was begun.
    pub time: Duration,
    /// Whether it was ended by a newline.
    pub ended: bool,
}

/// Two accesses to one unsynchronised cell, at least one a write, that nothing orders.
#[derive(Clone, Debug, PartialEq)]
pub struct Race {
    /// The object.
    pub object: ObjectId,
    /// The element.
    pub index: u32,
    /// The earlier access in this run.
    pub first: Access,
    /// The later one.
    pub second: Access,
}

/// One access of a race.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// Who.
    pub task: TaskId,
    /// Whether it wrote.
    pub write: bool,
    /// Where.
    pub at: Option<Site>,
}

/// Two accesses to the same bytes, at least one a write, that nothing orders.
#[derive(Clone, Debug, PartialEq)]
pub struct MemoryRace {
    /// Where the bytes are.
    pub address: u64,
    /// The name of the static that they belong to, once it was looked up.
    pub name: Option<String>,
    /// The earlier access in this run.
    pub first: MemoryAccess,
    /// The later one.
    pub second: MemoryAccess,
}

/// One access of a race on plain memory.
#[derive(Clone, Debug, PartialEq)]
pub struct MemoryAccess {
    /// Who.
    pub task: TaskId,
    /// What was done.
    pub how: How,
    /// The addresses of the calls that led to it, innermost first.
    pub calls: Vec<u32>,
    /// Where in the program that is, once it was looked up.
    pub at: Option<Site>,
    /// How many events came before it.
    pub moment: usize,
}
