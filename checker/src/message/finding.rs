//! The sentences, labels and details of findings, made from facts. None ends with a period, and
//! words of a program are not escaped.

use sched_model::kind::Class;
use sched_model::run::How;

use crate::facts::fact::{
    Access, Elsewhere, Ended, Fact, Guarded, Label, Left, Mismatch, Parting, Text, Unmet, Wanted,
};
use crate::facts::{Finding, State};
use crate::message::at;
use crate::message::plain;
use crate::message::waiting::{self, awaited, listed};

/// What is wrong.
pub fn sentence(finding: &Finding) -> String {
    match &finding.fact {
        Fact::NotReproduced(schedule) => super::not_reproduced(*schedule),
        Fact::Told(sentence) | Fact::NotHandedIn(sentence) | Fact::NotTaken(sentence) => {
            sentence.clone()
        }
        Fact::Ended(ended) => of_end(ended),
        Fact::Deadlock(waits) => waiting::deadlock(waits),
        Fact::Race {
            cell,
            first,
            second,
        } => race(cell, first, second),
        Fact::Printed(mismatch) => mismatched(mismatch),
        Fact::Unmet(unmet) => requirement(unmet),
        Fact::Left(left) => left_behind(left),
    }
}

fn of_end(ended: &Ended) -> String {
    match ended {
        Ended::Todo(task) => format!("{task} reached a todo!()"),
        Ended::Panicked(task, Some(said)) => format!("{task} panicked: {said}"),
        Ended::Panicked(task, None) => format!("{task} panicked"),
        Ended::AsPanicked(task, status) => format!("{task} panicked (exit status {status})"),
        Ended::Killed(task, signal, ran) => {
            let ran = ran.as_ref();
            let whose = ran.map_or_else(String::new, |ran| format!(" while {ran} ran"));
            format!("{task} was ended by {}{whose}", signal_with_name(*signal))
        }
        Ended::Status(code) => format!("main ended with exit status {code}"),
        Ended::Failed(error) => format!("main returned an error: {error}"),
        Ended::Repeat(tasks) => {
            let verb = match tasks.len() {
                1 => "repeats",
                _ => "repeat",
            };
            let tasks = listed(tasks);
            format!("{tasks} {verb} the same steps for ever, and nothing changes")
        }
        Ended::LooksInVain { task, at, waiting } => {
            let waits = |(other, line): &(String, Option<u32>)| {
                let line = line.map_or_else(String::new, |line| format!(" (line {line})"));
                format!("{other} waits for the end of {task}{line}")
            };
            let waiting: Vec<String> = waiting.iter().map(waits).collect();
            let waiting = listed(&waiting);
            format!(
                "{task} looks at {at} for ever, and nobody is left who could change it: {waiting}"
            )
        }
        Ended::Computes(task, Some(line)) => {
            format!("{task} computes without end after line {line}")
        }
        Ended::Computes(task, None) => format!("{task} computes without end"),
        Ended::PrintedTooMuch(task) => format!("{task} printed more than a program may print"),
        Ended::TooMuchMemory(task) => {
            format!("{task} asked for more memory than a program may have")
        }
        Ended::GaveUp(reason) => reason.clone(),
    }
}

/// `signal 11 (SIGSEGV)`.
pub fn signal_with_name(signal: i32) -> String {
    match signal_hook::low_level::signal_name(signal) {
        Some(name) => format!("signal {signal} ({name})"),
        None => format!("signal {signal}"),
    }
}

fn race((object, index): &(Option<String>, u32), first: &Access, second: &Access) -> String {
    let object = object.as_deref().unwrap_or("memory that they share");
    let cell = match index {
        0 => object.to_owned(),
        index => format!("element {index} of {object}"),
    };
    format!(
        "{} {}{} {cell}{} and {} {}{} it{}, and nothing orders the two",
        first.task,
        plainly(first, second),
        does(first),
        at(first.line),
        second.task,
        plainly(second, first),
        does(second),
        at(second.line),
    )
}

/// Beside an access to an atomic it matters that another one is none.
fn plainly(access: &Access, beside: &Access) -> &'static str {
    match beside.how.is_atomic() && access.how != How::Free {
        true => "plainly ",
        false => "",
    }
}

fn does(access: &Access) -> &'static str {
    match access.how {
        How::Read => "reads",
        How::Write => "writes",
        How::Free => "frees",
        How::Loads => "atomically reads",
        How::Changes => "atomically changes",
    }
}

fn when(elsewhere: Elsewhere) -> &'static str {
    match elsewhere {
        Elsewhere::Undisturbed => "when nobody is disturbed",
        Elsewhere::InOthers => "in other schedules",
    }
}

fn mismatched(mismatch: &Mismatch) -> String {
    match mismatch {
        Mismatch::Between { by, task, lines } => {
            let lines = match lines {
                2 => "two lines",
                _ => "lines",
            };
            format!("{by} printed between the {lines} of {task}")
        }
        Mismatch::NothingAllowed => "no transcript is allowed".to_owned(),
        Mismatch::Other(Text { task, text }, other, elsewhere) => {
            let other = other.as_ref();
            let other = other.map_or("does not".to_owned(), |it| format!("prints {it:?}"));
            format!(
                "{task} printed {text:?}, and the program {other} {}",
                when(*elsewhere)
            )
        }
        Mismatch::NotAs(other, elsewhere) => {
            let other = other.as_ref();
            let other = other.map_or("a line".to_owned(), |it| format!("{it:?}"));
            format!("{other} was not printed, as it is {}", when(*elsewhere))
        }
        Mismatch::OtherTimes(text, [came, other], elsewhere) => {
            let (came, other) = (times(*came), times(*other));
            format!(
                "{text:?} was printed {came}, and {other} {}",
                when(*elsewhere)
            )
        }
        Mismatch::ByOthers => "the lines are right, but others should have printed them".to_owned(),
        Mismatch::ByOther(Text { task, text }) => {
            format!("{task} printed {text:?}, which somebody else should have printed")
        }
        Mismatch::Times(text, [came, expected]) => {
            let (came, expected) = (times(*came), times(*expected));
            format!("{text:?} was printed {came}, and expected {expected}")
        }
        Mismatch::OfKind(Text { task, text }, kind) => {
            let by = by_whom(Some(kind));
            format!("{task} printed {text:?}, which should have been printed{by}")
        }
        Mismatch::Unexpected(Text { task, text }, Some(Wanted { text: wanted, by })) => {
            let by = by_whom(by.as_ref());
            format!("{task} printed {text:?} where {wanted:?}{by} was expected")
        }
        Mismatch::Unexpected(Text { task, text }, None) => {
            format!("{task} printed {text:?}, which was not expected")
        }
        Mismatch::Missing(Wanted { text, by }) => {
            let by = by_whom(by.as_ref());
            format!("{text:?}{by} was expected and not printed")
        }
    }
}

/// `once`, `twice`, `3 times`.
fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}

/// ` by a child`, or nothing.
fn by_whom(kind: Option<&String>) -> String {
    kind.map_or_else(String::new, |kind| match kind.as_str() {
        "child" => " by a child".to_owned(),
        kind => format!(" by {kind}"),
    })
}

/// What sections of these names are for, as a verb: each is named by one.
fn work(sections: &[String]) -> String {
    match sections {
        // Nobody came to any.
        [] => "work".to_owned(),
        names => plain::line(&names.join(" or ")),
    }
}

fn requirement(unmet: &Unmet) -> String {
    match unmet {
        Unmet::Printers(printed, expected) => {
            let processes = match printed {
                1 => "process",
                _ => "processes",
            };
            format!("{printed} child {processes} printed where {expected} should")
        }
        Unmet::Makespan(took, limit) => {
            format!("the run took {took:?} of virtual time, and {limit:?} is enough")
        }
        Unmet::Crowded(tasks, sections, seen, limit) => {
            let (tasks, work) = (tasks.name(), work(sections));
            format!(
                "{seen} {tasks} were seen to {work} at the same time, and no more than {limit} may"
            )
        }
        Unmet::Overlap(tasks, sections, 0 | 1, 2) => {
            let (tasks, work) = (tasks.name(), work(sections));
            format!("no two {tasks} were ever seen to {work} at the same time")
        }
        Unmet::Overlap(tasks, sections, most, expected) => {
            let (tasks, work) = (tasks.name(), work(sections));
            format!("{most} {tasks} at most were seen to {work} at the same time, not {expected}")
        }
        Unmet::Workers(tasks, sections, 0, _) => {
            let (task, work) = (tasks.one(), work(sections));
            format!("no {task} ever came to {work}")
        }
        Unmet::Workers(tasks, sections, workers, expected) => {
            let (task, work) = (tasks.one(), work(sections));
            format!("{workers} {task} only came to {work}, and {expected} should at the same time")
        }
        Unmet::ForShow(tasks, sections) => {
            let (tasks, work) = (tasks.name(), work(sections));
            format!(
                "{tasks} were seen to {work} at the same time only by work for show, of which the \
                 given part prints nothing"
            )
        }
        Unmet::Orders(1, _) => "the lines came in the same order in every schedule".to_owned(),
        Unmet::Orders(seen, expected) => {
            format!("the lines came in {seen} different orders only, not in {expected}")
        }
        Unmet::NeverFree(tasks) => format!(
            "the {} came one after the other: in no schedule was one of them free to print before \
             another that came first",
            tasks.name()
        ),
        Unmet::NeverWaited(tasks, object, false) => {
            format!("no {} ever waited for {object}", tasks.one())
        }
        Unmet::NeverWaited(tasks, object, true) => format!(
            "no {} waited for {object} but one that printed nothing of the given part later",
            tasks.one()
        ),
        Unmet::Polls(task, times, line) => {
            let line = line.map_or_else(String::new, |line| format!(" in line {line}"));
            format!("{task} asked {times} times in vain{line}, instead of waiting")
        }
        Unmet::LooksAgain(task, object, line) => {
            let line = line.map_or_else(String::new, |line| format!(" in line {line}"));
            format!("{task} looked at {object} again{line}, although it had taken what it wanted")
        }
        Unmet::NoSuchTask(name) => format!("there is no process with the name {name}"),
        Unmet::States(parting) => parted(parting),
        Unmet::Unheld(task, act, lock) => unheld(task, act, lock.as_ref()),
        Unmet::HeldIn(task, section, lock) => {
            format!(
                "{task} held {lock} when it began to {}",
                plain::line(section)
            )
        }
        Unmet::Thread(Text { task, text }, process) => format!(
            "{task}, a thread of {process}, printed {text:?}, which a process of its own should"
        ),
    }
}

fn unheld(task: &str, act: &Guarded, lock: Option<&String>) -> String {
    let (did, like) = match act {
        Guarded::Changed(object) => (format!("changed {object}"), "each time it is changed"),
        Guarded::Printed(line) => (
            format!("printed {line:?}"),
            "whenever such a line is printed",
        ),
    };
    match lock {
        Some(lock) => format!("{task} {did} without holding {lock}"),
        None => format!("{task} {did} and held no lock that is held {like}"),
    }
}

/// Where a task's states are no longer those that were asked for.
fn parted(parting: &Parting) -> String {
    let (task, at) = (&parting.task, at(parting.line));
    match (parting.asked, &parting.in_vain) {
        (Some(State::Blocked), Some((object, kind))) if kind.class() == Class::Flag => {
            return format!(
                "until {object} was set, {task} was never Blocked: it asked again and again{at}"
            );
        }
        (Some(State::Blocked), Some((object, _))) => {
            return format!(
                "{task} was never Blocked where it had to wait: it asked {object} again and \
                 again{at}"
            );
        }
        _ => {}
    }
    let did = match parting.was {
        Some(State::Blocked) => "waited",
        Some(State::Ready) => "let others go first",
        Some(State::Running) => "went on",
        Some(State::Exited) => "came to its end",
        None => "did nothing more",
    };
    let had_to = match parting.asked {
        Some(State::Blocked) => "wait",
        Some(State::Ready) => "let others go first",
        Some(State::Running) => "go on",
        Some(State::Exited) => "come to its end",
        None => "do nothing more",
    };
    let names = match (parting.was, parting.asked) {
        (Some(was), Some(asked)) => format!(": it was {}, not {}", state(was), state(asked)),
        _ => String::new(),
    };
    format!("{task} {did}{at} where it had to {had_to}{names}")
}

/// A state's name as the course writes it.
pub fn state(state: State) -> &'static str {
    match state {
        State::Ready => "Ready",
        State::Running => "Running",
        State::Blocked => "Blocked",
        State::Exited => "Exited",
    }
}

fn left_behind(left: &Left) -> String {
    match left {
        Left::Unjoined(task) => format!("nobody joined {task}"),
        Left::Held(object, task, line) => {
            let line = at(*line);
            format!(
                "{object} is still held at the end: {task} took it{line} and never gave it back"
            )
        }
        Left::Unread(object, 1) => format!("1 message of {object} was never read"),
        Left::Unread(object, count) => format!("{count} messages of {object} were never read"),
    }
}

/// What there is to say about a line, beside it.
pub fn label(label: &Label) -> String {
    match label {
        Label::PanickedToo(task) => format!("so {task} panicked, too"),
        Label::FoundPoisoned(task) => {
            format!("so {task} found the lock poisoned, and panicked, too")
        }
        Label::Repeats(task) => format!("{task} repeats this"),
        Label::RepeatsForEver(task) => format!("{task} repeats this for ever"),
        Label::Waits(task, what) => format!("{task} waits here for {}", awaited(what)),
        Label::Took(task, what) if what.is_initialised() => {
            format!("{task} began to initialise {} here", awaited(what))
        }
        Label::Took(task, what) => format!("{task} took {} here", awaited(what)),
        Label::Accesses(access) => format!("{} {} it here", access.task, does(access)),
        Label::BeganLines(task) => format!("{task} began its lines here"),
        Label::EndedLines(task) => format!("{task} ended its lines here"),
    }
}
