//! Who waits for what, in sentences.

use sched_model::kind::Class;
use sched_model::run::{ObjectKind, Op};

use crate::facts::fact::{Awaited, Held, Waiting};
use crate::message::at;

/// A deadlock: the waits that explain it.
pub fn deadlock(waits: &[Waiting]) -> String {
    match waits {
        [] => "no task can go on".to_owned(),
        waits => waits.iter().map(wait).collect::<Vec<_>>().join("; "),
    }
}

/// `Process-1 waits for Lock-2 (line 14), which Process-2 holds (since line 12)`.
pub fn wait(wait: &Waiting) -> String {
    let (task, what, line) = (&wait.task, awaited(&wait.awaited), at(wait.line));
    let waits = format!("{task} waits for {what}{line}");
    let holds = match wait.awaited.is_initialised() {
        true => "initialises",
        false => "holds",
    };
    let since = |line: &Option<u32>| line.map_or(String::new(), |it| format!(" (since line {it})"));
    match &wait.held {
        Held::ByNobody => waits,
        Held::Repeating => format!("{waits}, which repeats the same steps for ever"),
        Held::AtFork(holder) => format!(
            "{waits}: {holder} held it when the copy was made, and nobody can give the copy back"
        ),
        Held::ByItself(line) => format!("{waits}, which it {holds} itself{}", since(line)),
        Held::ByGone(holder, line) => {
            let took = line.map_or(String::new(), |line| format!(" at line {line}"));
            format!("{waits}, which {holder} took{took} and never gave back")
        }
        Held::By(holder, line) => format!("{waits}, which {holder} {holds}{}", since(line)),
        Held::FarSide(tasks) => format!("{waits}{}", far_side(&wait.awaited, tasks)),
        Held::OwnFarSide => format!("{waits}, and has the other end itself"),
        Held::OpenFarSide => format!("{waits}, the other end of which is open in its process"),
    }
}

/// Who could end a wait for a pipe or a socket.
fn far_side(what: &Awaited, tasks: &[String]) -> String {
    let could = match what {
        Awaited::Object(_, _, Some(Op::Send)) => "read from it",
        Awaited::Object(name, ..) if name == CONNECTIONS => "connect",
        _ => "write to it or close it",
    };
    match tasks {
        [] => {
            let could = could.strip_suffix(" or close it").unwrap_or(could);
            format!(", and nobody is left who could {could}")
        }
        tasks => format!(", and only {} could {could}", listed(tasks)),
    }
}

/// What a listening socket is called.
const CONNECTIONS: &str = "a listener";

/// `main, Process-1 and Process-2`.
pub fn listed(names: &[String]) -> String {
    match names {
        [] => "some tasks".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// What is waited for.
pub fn awaited(what: &Awaited) -> String {
    match what {
        Awaited::Object(name, kind, op) => of_object(name, *kind, *op),
        Awaited::End(task) => format!("the end of {task}"),
        Awaited::Nothing => "something that never comes".to_owned(),
    }
}

/// What of an object is waited for.
fn of_object(name: &str, kind: ObjectKind, op: Option<Op>) -> String {
    match (kind.class(), op) {
        (Class::Permits, _) => format!("a permit of {name}"),
        (Class::Flag, _) => format!("{name} to be set"),
        (Class::Gathering, _) => format!("the others at {name}"),
        (Class::Notice, _) => format!("a notification of {name}"),
        (Class::Channel, Some(Op::Send)) => format!("somebody to take a message out of {name}"),
        (Class::Messages, Some(Op::Send)) => format!("room in {name}"),
        (Class::Messages, Some(Op::Join)) => format!("all messages of {name} to be done"),
        (Class::Messages, Some(Op::Exit)) => format!("somebody to take what it put into {name}"),
        (Class::Messages | Class::Channel, _) => format!("a message in {name}"),
        (Class::Token, _) => "somebody to unpark it".to_owned(),
        (Class::Server, _) => format!("an answer of {name}"),
        (Class::Other, _) if name == CONNECTIONS => "a connection".to_owned(),
        (Class::Other, Some(Op::Send)) => format!("room in {name}"),
        (Class::Other, Some(Op::Receive)) => format!("something to read from {name}"),
        (Class::Lock | Class::SharedLock | Class::ValueLock | Class::Once, _)
        | (Class::Cells | Class::File | Class::Other, _) => name.to_owned(),
    }
}
