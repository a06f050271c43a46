//! Waits that never end.

use sched::run::{Act, End, Event, ObjectId, ObjectKind, Op, Run, TaskId, Wait, What};

use super::Evidence;
use crate::facts::{About, Cause, Explanation};
use crate::judge::deadlock::awaited;
use crate::judge::stuck::{sign_was_missed, sign_was_taken_back, woke_another};
use crate::message::cause as message;

/// Why a deadlock came to be, beyond who waits for whom.
pub fn explain(evidence: &Evidence) -> Option<Explanation> {
    let End::Deadlock { waits, .. } = &evidence.run.end else {
        return None;
    };
    held_at_fork(evidence, waits)
        .or_else(|| stale_look(evidence, waits))
        .or_else(|| waits_for_dead(evidence, waits))
        .or_else(|| cleared(evidence, waits))
        .or_else(|| held_while_waiting(evidence, waits))
        .or_else(|| open_end(evidence, waits))
        .or_else(|| wrong_one_woken(evidence, waits))
        .or_else(|| told(evidence))
}

/// A cause that the wait itself tells, with its sentence.
fn told(evidence: &Evidence) -> Option<Explanation> {
    let cause = evidence.found.cause?;
    let about = About::default();
    let waits = match &evidence.run.end {
        End::Deadlock { waits, .. } => waits.as_slice(),
        _ => &[],
    };
    let is_of = |of: ObjectKind| {
        let mut told = waits
            .iter()
            .filter(|wait| evidence.found.about.tasks.contains(&wait.task));
        told.any(|wait| kind(evidence.run, wait) == Some(of))
    };
    let why = match cause {
        Cause::NoSender if is_of(ObjectKind::Channel) => message::of_channel(),
        Cause::SelfDeadlock if is_of(ObjectKind::RwLock) => message::of_reader(),
        _ => message::of_wait(cause)?,
    };
    let why = why.to_owned();
    Some(Explanation { cause, why, about })
}

/// An event was set, and cleared again before the task that now waits for it looked.
fn cleared(evidence: &Evidence, waits: &[Wait]) -> Option<Explanation> {
    let cause = Cause::ClearedTooEarly;
    let run = evidence.run;
    evidence.found.cause.filter(|it| *it == cause)?;
    let is_event = |wait: &&Wait| kind(run, wait) == Some(ObjectKind::Event);
    let mut events = waits.iter().filter(is_event);
    let [set, cleared, begins] = events.find_map(|wait| sign_was_taken_back(run, wait))?;
    let (by, waiter) = (run.events[cleared].task, run.events[begins].task);
    let itself = if by == waiter { " itself" } else { "" };
    let object = run.events[set].object;
    let why = format!(
        "{} was set by {}{}, and cleared by {}{itself}{} before {} waited for it{}: what it told \
         is gone",
        evidence.object(object?),
        evidence.task(run.events[set].task),
        evidence.line(set),
        evidence.task(by),
        evidence.line(cleared),
        evidence.task(waiter),
        evidence.line(begins),
    );
    let mut about = About::default();
    for event in [set, cleared, begins] {
        about.event(run, event);
    }
    about.object(object);
    Some(Explanation { cause, why, about })
}

/// A notification woke one who could not use it, and waited again, while others waited, too.
fn wrong_one_woken(evidence: &Evidence, waits: &[Wait]) -> Option<Explanation> {
    let run = evidence.run;
    let cause = evidence.found.cause.filter(|it| *it == Cause::LostWakeup)?;
    let mut objects = waits.iter().filter_map(|wait| wait.object);
    let object =
        objects.find(|it| !sign_was_missed(run, *it) && woke_another(run, *it).is_some())?;
    let [notified, again] = woke_another(run, object)?;
    let woken = evidence.task(run.events[again].task);
    let why = format!(
        "the last notification of {}{} woke {woken}, which could not use it and waited again{}; \
         the others that wait were not told",
        evidence.object(object),
        evidence.line(notified),
        evidence.line(again),
    );
    let mut about = About::default();
    about.event(run, notified);
    about.event(run, again);
    about.object(Some(object));
    Some(Explanation { cause, why, about })
}

/// A task waits for something that only others can give, while it holds what they need: nobody but
/// those who wait for it, directly or for each other's end, is left.
fn held_while_waiting(evidence: &Evidence, waits: &[Wait]) -> Option<Explanation> {
    let run = evidence.run;
    let ended = |task: TaskId| run.tasks[task].exit_code.is_some();
    let wait_of = |task: TaskId| waits.iter().find(|wait| wait.task == task);
    let next = |task: TaskId| {
        let wait = wait_of(task)?;
        let joined = wait.child.filter(|_| wait.object.is_none());
        wait.holder.as_ref().map(|(holder, _)| *holder).or(joined)
    };
    let (wait, needs) = waits.iter().find_map(|wait| {
        let gives_nobody = wait.object.is_none() || wait.holder.is_some();
        let leads_here = |task: TaskId| {
            let mut way = std::iter::successors(Some(task), |task| next(*task));
            way.by_ref().take(run.tasks.len()).any(|it| it == wait.task)
        };
        let mut others = (0..run.tasks.len()).filter(|&it| !ended(it) && !run.serves(it));
        if gives_nobody || !others.all(leads_here) {
            return None;
        }
        let holds = |it: &&Wait| it.holder.as_ref().is_some_and(|(by, _)| *by == wait.task);
        Some((wait, waits.iter().find(holds)?))
    })?;
    let last = |task: TaskId, what: What, object: Option<ObjectId>| {
        let is_it = |it: &Event| it.task == task && it.what == what && it.object == object;
        run.events.iter().rposition(is_it)
    };
    let took = last(wait.task, What::Acquired, needs.object)?;
    let begins = last(wait.task, What::Blocked, wait.object)?;
    let blocked = last(needs.task, What::Blocked, needs.object)?;
    let why = format!(
        "{} waits for {}{} while it holds {}{}, which {} needs{}; nobody else could go on",
        evidence.task(wait.task),
        awaited(run, wait),
        evidence.line(begins),
        evidence.object(needs.object?),
        evidence.line(took),
        evidence.task(needs.task),
        evidence.line(blocked),
    );
    let mut about = About::default();
    for event in [took, begins, blocked] {
        about.event(run, event);
    }
    about.object(needs.object);
    about.object(wait.object);
    let cause = Cause::HeldWhileWaiting;
    Some(Explanation { cause, why, about })
}

/// A task waits for a message in a pipe, and the end of the file does not come either, because
/// somebody who sends nothing holds the other end: it may be the task itself.
fn open_end(evidence: &Evidence, waits: &[Wait]) -> Option<Explanation> {
    let run = evidence.run;
    let cause = evidence.found.cause.filter(|it| *it == Cause::NoSender)?;
    let wait = waits.iter().find(|wait| {
        let told = evidence.found.about.tasks.contains(&wait.task);
        let receives = wait.op == Some(Op::Receive) && wait.child.is_some();
        told && receives && kind(run, wait) == Some(ObjectKind::Pipe)
    })?;
    let (holder, pipe) = (wait.child?, evidence.object(wait.object?));
    let (task, who) = (evidence.task(wait.task), evidence.task(holder));
    let holds = match holder == wait.task {
        true => format!("{task} itself still holds the other end of {pipe}"),
        false => format!("{who} still holds the other end of {pipe}, and sends nothing"),
    };
    let why = format!("{task} would go on at the end of the file, but that never comes: {holds}");
    let mut about = About::default();
    about.task(holder);
    about.object(wait.object);
    Some(Explanation { cause, why, about })
}

/// What kind of thing a task waits for.
fn kind(run: &Run, wait: &Wait) -> Option<ObjectKind> {
    Some(run.objects.get(wait.object?)?.kind)
}

/// A task waits for a lock that its parent held when it started it, and the parent waits for it.
fn held_at_fork(evidence: &Evidence, waits: &[Wait]) -> Option<Explanation> {
    let run = evidence.run;
    let waits_for = |parent: TaskId, child: TaskId| {
        let joins = |wait: &Wait| wait.task == parent && wait.child == Some(child);
        waits.iter().any(joins)
    };
    waits.iter().find_map(|wait| {
        let (object, (holder, _)) = (wait.object?, wait.holder.as_ref()?);
        let parent = run.tasks.get(wait.task)?.parent?;
        if parent != *holder || !waits_for(parent, wait.task) {
            return None;
        }
        let start = run
            .events
            .iter()
            .position(|it| it.what == What::Start(wait.task))?;
        let takes = |it: &Event| it.task == parent && it.object == Some(object);
        let last = |what: What| {
            let mine = |it: &Event| takes(it) && it.what == what;
            run.events.iter().rposition(mine)
        };
        let took = last(What::Acquired).filter(|took| *took < start)?;
        let why = format!(
            "{} held {}{} when it started {}{}, which needs it, and now waits for its end",
            evidence.task(parent),
            evidence.object(object),
            evidence.line(took),
            evidence.task(wait.task),
            evidence.line(start),
        );
        let mut about = About::default();
        about.event(run, took);
        about.event(run, start);
        let cause = Cause::HeldAtFork;
        Some(Explanation { cause, why, about })
    })
}

/// Who would have given what is waited for ended before, by a panic or a signal.
fn waits_for_dead(evidence: &Evidence, waits: &[Wait]) -> Option<Explanation> {
    let run = evidence.run;
    let wait = waits
        .iter()
        .find(|wait| wait.object.is_some() && wait.holder.is_none())?;
    let object = wait.object?;
    let gives = |it: &Event| {
        let given = matches!(
            it.what,
            What::Act(
                Act::Put | Act::Set | Act::Notified | Act::Gave | Act::Arrived | Act::Done,
                _
            )
        );
        it.object == Some(object) && given && it.task != wait.task
    };
    let died = |task: TaskId| {
        run.tasks
            .get(task)?
            .exit_code
            .filter(|code| *code < 0 || *code == 101)
    };
    let others_live = run
        .events
        .iter()
        .any(|it| gives(it) && died(it.task).is_none());
    let giver = run.events.iter().rfind(|it| gives(it))?.task;
    let code = died(giver).filter(|_| !others_live)?;
    let ended = |it: &Event| it.task == giver && matches!(it.what, What::Exit(_));
    let end = run.events.iter().rposition(ended)?;
    let how = if code < 0 {
        "was ended by a signal"
    } else {
        "panicked"
    };
    let why = format!(
        "{} alone gave to {}, and it {how}{} before it was done",
        evidence.task(giver),
        evidence.object(object),
        evidence.line(end),
    );
    let mut about = About::default();
    about.event(run, end);
    about.object(Some(object));
    let cause = Cause::WaitsForDead;
    Some(Explanation { cause, why, about })
}

/// How many messages there are in a queue after these events.
fn messages(events: &[Event], object: ObjectId) -> u64 {
    let count = |wanted: Act| {
        let is_it = |it: &&Event| matches!(it.what, What::Act(act, _) if act == wanted);
        let of_it = events.iter().filter(|it| it.object == Some(object));
        of_it.filter(is_it).count() as u64
    };
    count(Act::Put).saturating_sub(count(Act::Got))
}

/// It looked and there was something, somebody else took it, and now it waits for it for ever; or
/// there was room, and somebody else filled it.
fn stale_look(evidence: &Evidence, waits: &[Wait]) -> Option<Explanation> {
    let run = evidence.run;
    waits.iter().find_map(|wait| {
        let object = wait.object.filter(|_| wait.holder.is_none())?;
        let takes = match wait.op? {
            Op::Receive => Act::Got,
            Op::Send => Act::Put,
            _ => return None,
        };
        let mine = |it: &Event| it.task == wait.task && it.object == Some(object);
        let act = run
            .events
            .iter()
            .rposition(|it| mine(it) && it.what == What::Blocked)?;
        let look = run.events[..act].iter().rposition(mine)?;
        let saw = match run.events[look].what {
            What::Act(Act::Looked, saw) => saw,
            _ => return None,
        };
        let taken = |it: &Event| {
            let is_it = matches!(it.what, What::Act(what, _) if what == takes);
            it.object == Some(object) && is_it && it.task != wait.task
        };
        let between = run.events[look..act].iter();
        let change = look + between.clone().position(taken)?;
        // Who saw nothing there waits for what it knows is not there, and so does who saw no room.
        let there = messages(&run.events[..act], object);
        let saw_it = if takes == Act::Got {
            saw > 0
        } else {
            saw < there
        };
        if !saw_it {
            return None;
        }
        let task = evidence.task(wait.task);
        let why = format!(
            "{task} looked into {object}{}, then {them} {did}{}, and then {task} waited for {what} \
             that was no longer there{}",
            evidence.line(look),
            evidence.line(change),
            evidence.line(act),
            object = evidence.object(object),
            them = evidence.task(run.events[change].task),
            did = if takes == Act::Got {
                "took a message"
            } else {
                "put a message in"
            },
            what = if takes == Act::Got { "one" } else { "room" },
        );
        let mut about = About::default();
        for event in [look, change, act] {
            about.event(run, event);
        }
        about.object(Some(object));
        let cause = Cause::CheckThenAct;
        Some(Explanation { cause, why, about })
    })
}
