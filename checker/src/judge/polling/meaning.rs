//! What an event says to who follows one task: a question with its answer, something that others
//! can see, or neither.
//!
//! The tables below name every kind of event, so that a new one has its place before it compiles.

use sched_model::kind::Class;
use sched_model::run::{Act, Event, FileAct, FileResult, ObjectId, ObjectKind, Run, TaskId, What};

/// What is asked; the line and the object belong to a question, too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// To take something, or to give it, at once or within a limit.
    Try,
    /// Whether this task has ended.
    Ended(TaskId),
    /// What time it is.
    Clock,
    /// What a cell holds.
    Cell(u32),
    /// How many there are.
    Number,
    /// What this act shows of a file.
    File(FileAct),
}

/// How an answer is to be understood.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// What was asked for is not there.
    NotYet,
    /// It is there.
    Yes,
    /// This was seen. It only means something beside what is seen at other times.
    Seen(u64),
}

/// What a task waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    /// What others do to an object.
    Object(Option<ObjectId>),
    /// The end of a task.
    End(TaskId),
}

/// What an event means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Learns something, and changes nothing.
    Asks(Question, Answer),
    /// Begins to wait for others.
    Waits(Awaited),
    /// Lets time pass.
    Sleeps,
    /// Takes what it may give back; when it has done so, nothing has changed.
    Takes,
    /// Gives back what it may have taken.
    GivesBack,
    /// Does something that others can see.
    Does,
    /// None of these.
    Nothing,
}

use Meaning::{Asks, Does, GivesBack, Nothing, Sleeps, Takes, Waits};

/// What an event of a run means.
pub fn meaning(run: &Run, event: &Event) -> Meaning {
    let kind = event.object.and_then(|object| run.objects.get(object));
    let kind = kind.map(|object| object.kind);
    match event.what {
        What::WouldBlock => Asks(Question::Try, Answer::NotYet),
        What::IsAlive(task, true) | What::GaveUp(task) => {
            Asks(Question::Ended(task), Answer::NotYet)
        }
        What::IsAlive(task, false) | What::Joined(task) => {
            Asks(Question::Ended(task), Answer::Yes)
        }
        What::Clock => Asks(Question::Clock, Answer::NotYet),
        What::Read(index, bits) => Asks(Question::Cell(index), Answer::Seen(bits)),
        What::Act(act, number) => of_act(act, number, kind.map(ObjectKind::class)),
        What::File(act, result) => of_file(act, result),
        // To wait for a lock is not to wait for what is asked while it is held.
        What::Blocked if kind.is_some_and(guards) => Nothing,
        What::Blocked => Waits(Awaited::Object(event.object)),
        What::JoinWait(task) => Waits(Awaited::End(task)),
        What::Sleep(_) => Sleeps,
        What::Acquired => Takes,
        What::Released => GivesBack,
        What::Start(_)
        | What::Exit(_)
        | What::Signal(..)
        | What::Wrote(..)
        | What::Updated(..)
        | What::Print(..)
        // A marked section is work.
        | What::Enter(_)
        | What::Panic
        | What::Request(..)
        | What::Renamed(_) => Does,
        What::StartFailed(_)
        | What::Begin
        | What::Yield
        | What::Again
        | What::Random
        | What::Answer(_)
        | What::Leave(_) => Nothing,
    }
}

/// Whether it is taken to use something else meanwhile.
fn guards(kind: ObjectKind) -> bool {
    kind.is_lock() || kind.class() == Class::File
}

fn of_act(act: Act, number: u64, class: Option<Class>) -> Meaning {
    match act {
        Act::Empty | Act::Full => Asks(Question::Try, Answer::NotYet),
        Act::Looked if number == 0 && class == Some(Class::Flag) => {
            Asks(Question::Number, Answer::NotYet)
        }
        Act::Looked => Asks(Question::Number, Answer::Seen(number)),
        Act::Took => Takes,
        Act::Gave => GivesBack,
        // Nobody has noticed.
        Act::Notified if number == 0 => Nothing,
        Act::Notified
        | Act::Set
        | Act::Cleared
        | Act::Put
        | Act::Got
        | Act::Done
        | Act::Closed
        | Act::Arrived
        | Act::Broke
        | Act::Reset
        | Act::Changed
        | Act::Received
        | Act::Sent
        | Act::Accepted
        | Act::Connected
        | Act::Launched
        | Act::Reaped
        | Act::Lost
        | Act::Freely => Does,
        // What was seen behind a lock is not known, so it is neither the same nor another.
        Act::Saw | Act::Passed | Act::Ended | Act::HeldAtFork => Nothing,
    }
}

fn of_file(act: FileAct, result: FileResult) -> Meaning {
    let seen = match result {
        FileResult::Done => 1,
        FileResult::Failed => 0,
        FileResult::Bytes(count, first) => {
            u64::from_le_bytes(first).rotate_left(7) ^ (u64::from(count) << 1 | 1)
        }
    };
    let asks = Asks(Question::File(act), Answer::Seen(seen));
    match act {
        FileAct::Read | FileAct::Look | FileAct::Open => asks,
        // What could not be done has changed nothing.
        FileAct::Create | FileAct::Rename | FileAct::Remove | FileAct::MakeFolder
            if result == FileResult::Failed =>
        {
            asks
        }
        FileAct::Create
        | FileAct::Empty
        | FileAct::Write
        | FileAct::Rename
        | FileAct::Remove
        | FileAct::MakeFolder
        | FileAct::Change => Does,
    }
}
