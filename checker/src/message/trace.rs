//! What happened in a run, in words: what each event was, and how the run ended. Words of a program are
//! escaped.

use std::time::Duration;

use sched_model::kind::Class;
use sched_model::run::{
    Act, End, Event, FileAct, FileResult, Freedom, Meaning, ObjectId, Run, Site, TaskId, Wait, What,
};

use crate::facts::fact::Values;
use crate::message::names::has_several;
use crate::message::{self, plain};

/// What an event says, after the name of its task; lines of `file` are told by their number alone.
pub fn deed(run: &Run, file: &str, event: &Event) -> String {
    Writer { run, file }.deed(event)
}

/// The line of an event, as the trace tells it.
pub fn line(run: &Run, file: &str, event: &Event) -> String {
    let at = event.at.as_ref();
    at.map_or_else(String::new, |at| Writer { run, file }.short(at))
}

/// How a run ended, in paragraphs, each with what stands before its first line.
pub fn end(run: &Run, file: &str) -> Vec<(&'static str, String)> {
    Writer { run, file }.end()
}

/// What stands above the columns of a trace.
pub const HEADER: [&str; 4] = ["time", "task", "line", "what it did"];

/// Columns of what is asked of a manager, and of what it answers.
const MOST_OF_A_VALUE: usize = 60;

/// What stands above the text of standard error.
pub const STANDARD_ERROR: &str = "\nWhat it printed to standard error:\n";

/// A task's name.
pub fn task(run: &Run, task: TaskId) -> String {
    Writer { run, file: "" }.task(task)
}

/// The words for one run.
struct Writer<'a> {
    run: &'a Run,
    file: &'a str,
}

impl Writer<'_> {
    /// What an event says, after the name of its task.
    fn deed(&self, event: &Event) -> String {
        let object = self.object(event.object);
        let cell = |index| self.cell(event, index);
        let value = |bits| self.meaning(event.object).show(bits);
        match &event.what {
            What::Start(child) => format!("starts {}", self.task(*child)),
            What::StartFailed(why) => format!("cannot start a process: {}", message::refusal(*why)),
            What::Begin => self.begins(event.task),
            What::Exit(code) if *code < 0 => format!("is ended by {}", signal(-code)),
            What::Exit(code) => format!("exits with {code}"),
            What::JoinWait(child) => format!("waits for the end of {}", self.task(*child)),
            What::Joined(child) => format!("sees the end of {}", self.task(*child)),
            What::GaveUp(child) => match self.waited_in_vain(event) {
                Some(long) => format!("gives up {}", after(long)),
                None => format!("does not wait for the end of {}", self.task(*child)),
            },
            What::IsAlive(task, alive) => {
                let answer = if *alive { "yes" } else { "no" };
                format!("asks whether {} is alive: {answer}", self.task(*task))
            }
            What::Signal(task, number) => {
                format!("sends {} to {}", signal(*number), self.task(*task))
            }
            What::Blocked if self.run.serves(event.task) => "waits for requests".to_owned(),
            What::Blocked if self.parks(event) => "parks".to_owned(),
            What::Act(Act::Set, _) if self.parks(event) => format!("unparks {object}"),
            What::Act(Act::Passed, _) if self.parks(event) => "goes on, unparked".to_owned(),
            What::Blocked => format!("has to wait for {object}"),
            What::Acquired => format!("takes {object}"),
            What::WouldBlock => match self.waited_in_vain(event) {
                Some(long) => format!("gives up on {object} {}", after(long)),
                None => format!("tries to take {object}, in vain"),
            },
            What::Released => format!("releases {object}"),
            What::Read(index, bits) => format!("reads {}: {}", cell(*index), value(*bits)),
            What::Wrote(index, bits) => format!("writes {}: {}", cell(*index), value(*bits)),
            What::Updated(index, bits) => format!("changes {} to {}", cell(*index), value(*bits)),
            What::Sleep(long) => format!("sleeps for {}", time(*long)),
            What::Clock => "reads the clock".to_owned(),
            What::Yield => "lets others go first".to_owned(),
            What::Again => "is about to ask the same again, and lets others go first".to_owned(),
            What::Random => "draws a random number".to_owned(),
            What::Print(first, lines) => self.prints(*first, *lines),
            What::Enter(section) => format!("enters {}", plain::line(section)),
            What::Leave(section) => format!("leaves {}", plain::line(section)),
            What::Panic => self.panics(event.task),
            What::Act(Act::Freely, number) => {
                let freedom = Freedom::from_code(*number);
                freedom.map_or_else(String::new, |it| freely(it, self.values(event).as_ref()))
            }
            What::Act(Act::Looked, number) => self.looks(event, *number, &object),
            What::Act(act, number) => self
                .gives_up(event, &object)
                .unwrap_or_else(|| acted(*act, *number, &object)),
            What::Request(call, ..) => self.asks(event, call, &object),
            What::Answer(_) => format!("gets the answer of {object}"),
            What::File(act, result) => self.file(*act, *result, &object),
            What::Renamed(to) => format!("renames {object} to {}", self.object(*to)),
        }
    }

    /// A request, with what was answered.
    fn asks(&self, event: &Event, call: &str, object: &str) -> String {
        let short = |text: &str| plain::cut(&plain::line(text), MOST_OF_A_VALUE);
        let call = short(call);
        match self.run.answer(event).map(short).as_deref() {
            None | Some("" | "()") => format!("asks {object}: {call}"),
            Some(answer) => format!("asks {object}: {call} = {answer}"),
        }
    }

    /// If the event says that something did not come in time: how long the task had waited for it.
    fn waited_in_vain(&self, event: &Event) -> Option<Duration> {
        let events = &self.run.events;
        let place = events.element_offset(event)?;
        let wait = match event.what {
            What::GaveUp(child) => What::JoinWait(child),
            _ => What::Blocked,
        };
        // Who is woken for nothing waits on, until the same moment.
        let mine = events[..place].iter().rev();
        let mine = mine.filter(|it| it.task == event.task);
        let waits = mine.take_while(|it| it.what == wait && it.object == event.object);
        Some(event.time.saturating_sub(waits.last()?.time))
    }

    /// The end of a wait for others, for a message or for room that ran out of time.
    fn gives_up(&self, event: &Event, object: &str) -> Option<String> {
        let what = match event.what {
            What::Act(Act::Empty, _) => format!(": {object} is empty"),
            What::Act(Act::Full, _) => format!(": {object} is full"),
            What::Act(Act::Broke, _) => format!(", and breaks {object}"),
            _ => return None,
        };
        let long = after(self.waited_in_vain(event)?);
        Some(format!("gives up {long}{what}"))
    }

    /// Which values a liberty is about.
    fn values(&self, event: &Event) -> Option<Values> {
        let unseen = self.run.unseen(self.run.events.element_offset(event)?)?;
        let show = |bits| self.meaning(event.object).show(bits);
        let stored = self.run.events[unseen.stored].at.as_ref();
        Some(Values {
            of: self.object(event.object),
            value: show(unseen.value),
            newest: show(unseen.newest),
            stored: stored.filter(|at| !at.is_ours()).map(|at| at.line),
        })
    }

    /// What was seen of an object.
    fn looks(&self, event: &Event, number: u64, object: &str) -> String {
        let kind = event.object.and_then(|object| self.run.objects.get(object));
        match kind.map(|object| object.kind.class()) {
            Some(Class::Flag) => {
                let answer = if number == 0 { "no" } else { "yes" };
                format!("asks whether {object} is set: {answer}")
            }
            Some(Class::Messages) => match number {
                1 => format!("looks into {object}: 1 message"),
                number => format!("looks into {object}: {number} messages"),
            },
            // Who finds it initialised goes on without a step.
            Some(Class::Once) => format!("finds {object} not initialised yet"),
            _ => format!("looks at {object}: {number}"),
        }
    }

    /// What was done with a file.
    fn file(&self, act: FileAct, result: FileResult, name: &str) -> String {
        let in_vain = if result == FileResult::Failed {
            ", in vain"
        } else {
            ""
        };
        match act {
            FileAct::Open => format!("opens {name}{in_vain}"),
            FileAct::Create => format!("creates {name}{in_vain}"),
            FileAct::Empty => format!("empties {name}{in_vain}"),
            FileAct::Look => format!("looks for {name}{in_vain}"),
            FileAct::Rename => format!("renames {name}{in_vain}"),
            FileAct::Remove => format!("removes {name}{in_vain}"),
            FileAct::MakeFolder => format!("makes the folder {name}{in_vain}"),
            FileAct::Change => format!("changes {name}{in_vain}"),
            FileAct::Read if in_vain.is_empty() => format!("reads {name}: {}", content(result)),
            FileAct::Write if in_vain.is_empty() => format!("writes {name}: {}", content(result)),
            FileAct::Read => format!("reads {name}{in_vain}"),
            FileAct::Write => format!("writes {name}{in_vain}"),
        }
    }

    /// Whether the event is about parking a thread.
    fn parks(&self, event: &Event) -> bool {
        let object = event.object.and_then(|object| self.run.objects.get(object));
        object.is_some_and(|object| object.kind.class() == Class::Token)
    }

    fn begins(&self, task: TaskId) -> String {
        match self.run.tasks.get(task) {
            Some(known) if known.process == task => format!("begins, as process {}", known.pid),
            _ => "begins".to_owned(),
        }
    }

    fn prints(&self, first: usize, lines: usize) -> String {
        let text = self
            .run
            .output
            .get(first)
            .map_or("", |line| line.text.as_str());
        let more = match lines.saturating_sub(1) {
            0 => String::new(),
            1 => " and 1 more line".to_owned(),
            more => format!(" and {more} more lines"),
        };
        format!("prints \"{}\"{more}", plain::line(text))
    }

    fn panics(&self, task: TaskId) -> String {
        match self
            .run
            .tasks
            .get(task)
            .and_then(|task| task.panic.as_ref())
        {
            Some((message, _)) => format!("panics: {}", plain::line(message)),
            None => "panics".to_owned(),
        }
    }

    /// A task's name, safe to print.
    fn task(&self, task: TaskId) -> String {
        let task = self.run.tasks.get(task);
        task.map_or_else(|| "?".to_owned(), |task| plain::line(&task.name))
    }

    fn object(&self, object: Option<ObjectId>) -> String {
        let object = object.and_then(|object| self.run.objects.get(object));
        object.map_or_else(
            || "something".to_owned(),
            |object| plain::line(&object.name),
        )
    }

    /// What the bits of an object's cells mean.
    fn meaning(&self, object: Option<ObjectId>) -> Meaning {
        let object = object.and_then(|object| self.run.objects.get(object));
        object.map_or(Meaning::default(), |object| object.meaning)
    }

    /// A shared cell; its index only where the object has several.
    fn cell(&self, event: &Event, index: u32) -> String {
        let object = self.object(event.object);
        if event.object.is_some_and(|it| has_several(self.run, it)) {
            format!("{object}[{index}]")
        } else {
            object
        }
    }

    /// A line's number, with its file where that is another; nothing for lines of our own.
    fn short(&self, at: &Site) -> String {
        if &*at.file == self.file {
            at.line.to_string()
        } else if at.is_ours() {
            String::new()
        } else {
            plain::line(&at.to_string())
        }
    }

    /// " at line 14", or nothing.
    fn at(&self, before: &str, at: Option<&Site>) -> String {
        let at = at.filter(|at| !at.is_ours());
        at.map_or_else(String::new, |at| {
            format!(" {before} line {}", self.short(at))
        })
    }

    /// How the run ended.
    fn end(&self) -> Vec<(&'static str, String)> {
        let end = match &self.run.end {
            End::Finished => format!(
                "It ended by itself after {} of virtual time and {} scheduling points.",
                time(self.run.makespan),
                self.run.steps
            ),
            End::Deadlock { waits, cycle } => return self.deadlock(waits, cycle),
            End::Livelock { tasks } => {
                let each = tasks
                    .iter()
                    .map(|(task, at)| self.task(*task) + &self.at("at", at.as_ref()));
                let each = each.collect::<Vec<_>>().join(", ");
                format!("Here the same steps repeat for ever: {each}.")
            }
            End::EndlessLoop { task, last } => {
                let at = self.at("after", last.as_ref());
                format!("Here {} computes for ever{at}.", self.task(*task))
            }
            End::TooMuchOutput { task } => {
                format!("Here {} printed more than is allowed.", self.task(*task))
            }
            End::OutOfMemory { task } => {
                format!(
                    "Here {} asked for more memory than is allowed.",
                    self.task(*task)
                )
            }
            End::Inconclusive { reason, at } => {
                let at = self.at("at", at.as_ref());
                format!(
                    "Here the checker had to give up{at}: {}.",
                    plain::line(reason)
                )
            }
        };
        vec![("", end)]
    }

    fn deadlock(&self, waits: &[Wait], cycle: &[TaskId]) -> Vec<(&'static str, String)> {
        let mut text = vec![("", "Here the program can never go on:".to_owned())];
        for wait in waits.iter().filter(|wait| !self.run.serves(wait.task)) {
            text.push(("  - ", self.wait(wait)));
        }
        if let Some(&first) = cycle.first() {
            let names = cycle.iter().chain([&first]).map(|&task| self.task(task));
            let names = names.collect::<Vec<_>>().join(", who waits for ");
            text.push(("", format!("A cycle: {names}.")));
        }
        text
    }

    fn wait(&self, wait: &Wait) -> String {
        let what = match wait.child {
            Some(child) => format!("the end of {}", self.task(child)),
            None => self.object(wait.object),
        };
        let held = wait
            .holder
            .as_ref()
            .map_or_else(String::new, |(holder, since)| {
                let since = self.at("since", since.as_ref());
                format!(", which {} holds{since}", self.task(*holder))
            });
        let at = self.at("at", wait.at.as_ref());
        format!("{} waits{at} for {what}{held}", self.task(wait.task))
    }
}

/// How long somebody waited who gave up. A limit counts from the call on: a task that is kept from running
/// meanwhile may have no time left to wait.
fn after(long: Duration) -> String {
    match long.is_zero() {
        true => "at once, its time being over before it could wait".to_owned(),
        false => format!("after {}", time(long)),
    }
}

/// What was read or written, where it is short; otherwise how much it was.
fn content(result: FileResult) -> String {
    let FileResult::Bytes(len, first) = result else {
        return String::new();
    };
    let text = first.get(..len as usize).map(str::from_utf8);
    match text {
        _ if len == 0 => "nothing".to_owned(),
        Some(Ok(text)) => format!("{:?}", text.trim_end_matches('\n')),
        _ => bytes(len.into()),
    }
}

fn bytes(number: u64) -> String {
    match number {
        1 => "1 byte".to_owned(),
        number => format!("{number} bytes"),
    }
}

/// What was done to an object of the kinds that have acts of their own.
fn acted(act: Act, number: u64, object: &str) -> String {
    let permits = |number| match number {
        1 => "1 permit".to_owned(),
        number => format!("{number} permits"),
    };
    match act {
        Act::Took => format!("takes a permit of {object}: {} left", permits(number)),
        Act::Gave => format!("gives a permit back to {object}: {} now", permits(number)),
        Act::Passed => format!("passes {object}"),
        Act::Set => format!("sets {object}"),
        Act::Cleared => format!("clears {object}"),
        Act::Notified => match number {
            0 => format!("notifies {object}, where nobody waits"),
            1 => format!("notifies {object}: one task wakes up"),
            tasks => format!("notifies {object}: {tasks} tasks wake up"),
        },
        Act::Put => format!("puts message {number} into {object}"),
        Act::Got => format!("takes message {number} out of {object}"),
        Act::Lost => match number {
            1 => format!("loses a message of {object}, which nobody has taken"),
            number => format!("loses {number} messages of {object}, which nobody has taken"),
        },
        Act::Full => format!("finds {object} full"),
        Act::Empty => format!("finds {object} empty"),
        Act::Done => format!("says that a message of {object} is done: {number} left"),
        Act::Closed => format!("lets go of {object}"),
        Act::Ended => format!("finds the other end of {object} closed"),
        Act::Arrived => format!("arrives at {object} as number {}", number.saturating_add(1)),
        Act::Broke => format!("breaks {object}"),
        Act::Reset => format!("resets {object}"),
        Act::Looked => format!("looks at {object}: {number}"),
        Act::Saw => format!("looks at what {object} guards"),
        Act::Changed => format!("changes what {object} guards"),
        Act::Received => format!("reads from {object}: {}", bytes(number)),
        Act::Sent => format!("writes to {object}: {}", bytes(number)),
        Act::Accepted => "accepts a connection".to_owned(),
        Act::Connected => "connects".to_owned(),
        Act::Launched => "starts a program".to_owned(),
        Act::Reaped => "sees the end of a program".to_owned(),
        Act::Freely => String::new(),
        Act::HeldAtFork => format!("has {object} as it was at the fork: held"),
    }
}

/// What happens that std allows, and that mostly does not.
pub fn freely(freedom: Freedom, values: Option<&Values>) -> String {
    let happens = match freedom {
        Freedom::ReadsOlder => return reads_older(values),
        Freedom::Overtaken => return overtaken(values),
        Freedom::WakesUp => "wakes up for no reason, as it may",
        Freedom::WakesEarly => "wakes up before its time for no reason, as it may",
        Freedom::WakesAnother => "wakes another than who waited longest, as it may",
        Freedom::Fails => "fails for no reason, as it may",
        Freedom::ReadsFirst => "lets who reads come before a writer that waits, as it may",
        Freedom::IsLate => "is interrupted before it uses the count of an Arc",
        Freedom::TakesAnother => "takes another message than the oldest, as it may",
    };
    happens.to_owned()
}

fn reads_older(values: Option<&Values>) -> String {
    let Some(it) = values else {
        return "reads an older value than the newest, as it may".to_owned();
    };
    let stored = message::at(it.stored);
    let of = plain::line(&it.of);
    format!(
        "reads {of}: {}, though {} was stored{stored}, as it may",
        it.value, it.newest
    )
}

fn overtaken(values: Option<&Values>) -> String {
    let Some(it) = values else {
        return "stores a value that is overwritten at once, as it may be".to_owned();
    };
    let stored = message::at(it.stored);
    let of = plain::line(&it.of);
    format!(
        "writes {of}: {}, which the {} that was stored{stored} overwrites, as it may",
        it.value, it.newest
    )
}

/// Virtual time, in seconds to the millisecond: what is finer never decides anything.
pub fn time(time: Duration) -> String {
    format!("{:.3} s", time.as_secs_f64())
}

/// A signal by its name.
fn signal(number: i32) -> String {
    let name = signal_hook::low_level::signal_name(number);
    name.map_or_else(|| format!("signal {number}"), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_shown_and_others_counted() {
        assert_eq!(content(FileResult::bytes(b"17\n")), "\"17\"");
        assert_eq!(content(FileResult::bytes(b"")), "nothing");
        assert_eq!(content(FileResult::bytes(&[0xFF])), "1 byte");
        assert_eq!(content(FileResult::bytes(&[b'x'; 100])), "100 bytes");
    }
}
