//! What is wrong with a run, as data: what happened, to whom, at which place. `message` makes sentences
//! of it.

use std::time::Duration;

use sched_model::kind::Class;
use sched_model::run::{Freedom, How, ObjectKind, Op, Refusal};

use crate::facts::{Long, Memory, State, Tasks};

/// A line of the program's file; `None` where none is known.
pub type Line = Option<u32>;

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// What others say, such as the compiler.
    Told(String),
    /// A task ended in a way that it should not, or did not end.
    Ended(Ended),
    /// Nobody of these can ever go on.
    Deadlock(Vec<Waiting>),
    /// Two accesses to the same cell that nothing orders.
    Race {
        /// The cell's object, and its index there.
        cell: (Option<String>, u32),
        /// The one that came first.
        first: Access,
        /// The other.
        second: Access,
    },
    /// Something else was printed than should have been.
    Printed(Mismatch),
    /// This schedule failed, and not when it was run again.
    NotReproduced(u32),
    /// A requirement does not hold.
    Unmet(Unmet),
    /// Something was left behind.
    Left(Left),
    /// Nothing was handed in; the sentence says what was there instead.
    NotHandedIn(String),
    /// What was handed in cannot be taken, for this reason.
    NotTaken(String),
}

/// How tasks ended, or why they never do.
#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    /// This one reached a `todo!()`.
    Todo(String),
    /// It panicked, and said this, if that is known.
    Panicked(String, Option<String>),
    /// It ended with this status, as a process that panicked does.
    AsPanicked(String, i32),
    /// A signal ended it, while another of its process ran.
    Killed(String, i32, Option<String>),
    /// Main ended with this status.
    Status(i32),
    /// Main returned this error.
    Failed(String),
    /// These repeat the same steps.
    Repeat(Vec<String>),
    /// It looks at this for ever, and these wait for its end.
    LooksInVain {
        /// Who.
        task: String,
        /// The object's name.
        at: String,
        /// Who waits, and in which line.
        waiting: Vec<(String, Line)>,
    },
    /// It computes without a step, since this line.
    Computes(String, Line),
    /// It printed too much.
    PrintedTooMuch(String),
    /// It asked for too much memory.
    TooMuchMemory(String),
    /// The scheduler gave up, for this reason.
    GaveUp(String),
}

/// A task that waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// Who.
    pub task: String,
    /// For what.
    pub awaited: Awaited,
    /// Where.
    pub line: Line,
    /// Who has it.
    pub held: Held,
}

/// What is waited for.
#[derive(Clone, Debug, PartialEq)]
pub enum Awaited {
    /// To do something with an object.
    Object(String, ObjectKind, Option<Op>),
    /// A task's end.
    End(String),
    /// Nothing that is known.
    Nothing,
}

impl Awaited {
    /// Whether its holder does something once, for all.
    pub fn is_initialised(&self) -> bool {
        matches!(self, Awaited::Object(_, kind, _) if kind.class() == Class::Once)
    }
}

/// Who has what is waited for, and since which line.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// Nobody.
    ByNobody,
    /// Nobody: it is the end of a task that repeats itself.
    Repeating,
    /// It is a copy; this task held the original when the copy was made.
    AtFork(String),
    /// The one that waits.
    ByItself(Line),
    /// A task that has ended.
    ByGone(String, Line),
    /// Another task.
    By(String, Line),
    /// Nobody; only these could do something at the other end of it.
    FarSide(Vec<String>),
    /// Nobody; only the one that waits has its other end.
    OwnFarSide,
    /// Nobody; some thread of its process has the other end.
    OpenFarSide,
}

/// An access to a shared cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// Whose.
    pub task: String,
    /// What it does.
    pub how: How,
    /// Where.
    pub line: Line,
}

/// What is wrong with what was printed.
#[derive(Clone, Debug, PartialEq)]
pub enum Mismatch {
    /// A task printed between the lines of another one; how many lines these are.
    Between {
        /// Who printed.
        by: String,
        /// Between whose lines.
        task: String,
        /// How many lines these are.
        lines: usize,
    },
    /// There is nothing to compare with.
    NothingAllowed,
    /// Nobody said what is to be printed, and this is printed there instead, if anything.
    Other(Text, Option<String>, Elsewhere),
    /// What is printed there was not.
    NotAs(Option<String>, Elsewhere),
    /// A line was printed so often, and so often there.
    OtherTimes(String, [usize; 2], Elsewhere),
    /// The lines are right, but came from other tasks.
    ByOthers,
    /// A line should have come from somebody else.
    ByOther(Text),
    /// A line came so often, and should have come so often.
    Times(String, [usize; 2]),
    /// A line should have come from a task of this kind.
    OfKind(Text, String),
    /// A line that should not have come, and what should have come in its place.
    Unexpected(Text, Option<Wanted>),
    /// A line that did not come.
    Missing(Wanted),
}

/// What a run is compared with, where nobody said what is to be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// The natural schedule.
    Undisturbed,
    /// Other ones, where it is the natural one that is wrong.
    InOthers,
}

/// A text that a task printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Who.
    pub task: String,
    /// What.
    pub text: String,
}

/// A line that should have been printed, and by which kind of task, where that matters.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The line.
    pub text: String,
    /// The kind.
    pub by: Option<String>,
}

/// A requirement that does not hold, with what was seen in place of what was asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Unmet {
    /// So many processes printed, where so many should.
    Printers(u32, u32),
    /// A run took this long, and that long is enough.
    Makespan(Duration, Duration),
    /// So many of these did at once what these sections are for, and so many may.
    Crowded(Tasks, Vec<String>, u32, u32),
    /// So many at most of these did at once what these sections are for, not so many.
    Overlap(Tasks, Vec<String>, u32, u32),
    /// So few of these did that at all, of so many that should at once.
    Workers(Tasks, Vec<String>, u32, u32),
    /// So many of these did that at once, but only by work of which the given part prints no line.
    ForShow(Tasks, Vec<String>),
    /// The lines came in so many orders, not in so many.
    Orders(u32, u32),
    /// The lines came in several orders, but none of those who printed them was free to come before
    /// another one.
    NeverFree(Tasks),
    /// None of these ever waited for the object of this name, or only such as printed nothing of
    /// the given part later.
    NeverWaited(Tasks, String, bool),
    /// A task asked so often in vain.
    Polls(String, u32, Line),
    /// A task looked at an object once more, although it had taken out of it what there was.
    LooksAgain(String, String, Line),
    /// There is nobody of this name.
    NoSuchTask(String),
    /// A task went through other states than were asked for.
    States(Box<Parting>),
    /// A task did this without holding the lock of this name, or without any that was held each time.
    Unheld(String, Guarded, Option<String>),
    /// A task entered a section while it held the lock of this name.
    HeldIn(String, String, String),
    /// A thread of this process printed what a process of its own should.
    Thread(Text, String),
}

/// What is to be done while a lock is held.
#[derive(Clone, Debug, PartialEq)]
pub enum Guarded {
    /// An object of this name was changed.
    Changed(String),
    /// This line was printed.
    Printed(String),
}

/// Where a task's states part from those that were asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Parting {
    /// Whose.
    pub task: String,
    /// The state it was in there; `None` after its last one.
    pub was: Option<State>,
    /// The one that was asked for; `None` after the last one.
    pub asked: Option<State>,
    /// What it asked in vain before, again and again: the object, and its kind.
    pub in_vain: Option<(String, ObjectKind)>,
    /// Where.
    pub line: Line,
}

/// What was left behind.
#[derive(Clone, Debug, PartialEq)]
pub enum Left {
    /// A task that nobody joined.
    Unjoined(String),
    /// An object that a task took and never gave back.
    Held(String, String, Line),
    /// So many messages of an object.
    Unread(String, usize),
}

/// A note on a line other than that of the finding.
#[derive(Clone, Debug, PartialEq)]
pub enum Label {
    /// Here a task panicked because another one had.
    PanickedToo(String),
    /// Here it found a lock poisoned by another's panic.
    FoundPoisoned(String),
    /// This it repeats.
    Repeats(String),
    /// This it repeats while others wait for its end.
    RepeatsForEver(String),
    /// Here it waits.
    Waits(String, Awaited),
    /// Here it took what another waits for.
    Took(String, Awaited),
    /// Here it accessed a cell, writing or reading.
    Accesses(Access),
    /// Here it printed its first line.
    BeganLines(String),
    /// Here it printed its last line.
    EndedLines(String),
}

/// What a task holds, by names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holding {
    /// Locks.
    pub locks: Vec<String>,
    /// Semaphores of which it has a permit.
    pub permits: Vec<String>,
}

/// What else a person wants to read.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// What others say, such as the compiler.
    Told(String),
    /// All that a panic said.
    PanicMessage(String),
    /// What was printed there.
    StandardError(String),
    /// The accesses of a race, each with what was held.
    LocksHeld(Vec<(Access, Holding)>),
    /// A store into an atomic of this name and a load of it lie between the accesses of a race.
    TooWeak(String, Access, Access),
    /// A cycle of waits: each task waits for what the next one has, and the last for what the first
    /// has.
    Circle(Vec<(String, Option<String>)>),
    /// Others that wait, and how many more do.
    AlsoWaiting(Vec<Waiting>, usize),
    /// What was printed, and whether it came between another's lines.
    Printed(Vec<(bool, Text)>),
    /// The states that were asked for, those that a task went through, and the first index at which
    /// they differ.
    States(Vec<State>, Vec<State>, usize),
    /// Lines that differ, marked as in a patch, and how many more do.
    Difference(Compared, Vec<String>, usize),
    /// How to print a line for oneself, which is not compared.
    ForOneself,
    /// A task could not start a process.
    NotStarted(String, Line, Refusal),
    /// Nobody said what is to be printed, and all schedules printed the same; a line that shows a
    /// time, if any.
    SameEverywhere(Option<String>),
    /// Nobody said what is to be printed, and the program leaves it open: what it printed, the most
    /// frequent first, and how many more there are.
    LeftOpen(Vec<Printed>, usize),
    /// Whether the memory of unsafe code was watched.
    Memory(Memory),
    /// What happened that std allows and that mostly does not.
    Freely(Vec<Free>),
    /// A run passes so many scheduling points that fewer schedules were run than so many.
    Long(Long, u32),
}

/// Something that std allows and that mostly does not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Free {
    /// To whom it happened.
    pub task: String,
    /// What.
    pub freedom: Freedom,
    /// Where.
    pub line: Line,
    /// If it is about values: which ones.
    pub values: Option<Values>,
}

/// A value that is not the newest one, and that one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values {
    /// Of what.
    pub of: String,
    /// The value.
    pub value: String,
    /// The newest.
    pub newest: String,
    /// Where that was stored.
    pub stored: Line,
}

/// One of the things that a program may print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// In how many schedules it did.
    pub times: u32,
    /// The first of them.
    pub schedule: u32,
    /// Lines that not all schedules printed.
    pub lines: Vec<String>,
}

/// What a transcript is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// What the exercise expects.
    Expected,
    /// What is printed there; and whether something in it comes from the clock.
    Printed(Elsewhere, bool),
}
