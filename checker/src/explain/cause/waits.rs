//! Waits that never end.

use sched_model::kind::Class;
use sched_model::limits::PANICKED;
use sched_model::run::{Act, End, Event, ObjectId, Op, Run, TaskId, Wait, What};

use super::Evidence;
use crate::facts::why::{Missing, Plain, Stale, Why};
use crate::facts::{Cause, Proposal};
use crate::judge::blocked_forever::{
    begins, missing, sign_was_missed, sign_was_taken_back, woke_another,
};
use crate::judge::deadlock::awaited;

/// Those who wait, if the run ended because nobody could go on.
pub fn waits(run: &Run) -> Option<&[Wait]> {
    match &run.end {
        End::Deadlock { waits, .. } => Some(waits),
        _ => None,
    }
}

/// Whether several tasks wait for what the one waits for that is told.
fn others_wait(evidence: &Evidence, waits: &[Wait]) -> bool {
    let told = |wait: &&Wait| evidence.found.about.tasks.contains(&wait.task);
    let object = waits.iter().find(told).and_then(|wait| wait.object);
    waits.iter().filter(|wait| wait.object == object).count() > 1
}

/// A cause that the wait itself tells.
pub fn plain(evidence: &Evidence) -> Option<Proposal> {
    let waits = waits(evidence.run)?;
    let is_of = |of: Class| {
        let mut told = waits
            .iter()
            .filter(|wait| evidence.found.about.tasks.contains(&wait.task));
        told.any(|wait| class(evidence.run, wait) == Some(of))
    };
    let plain = match evidence.found.cause? {
        Cause::LockCycle => Plain::Cycle,
        // A lock for reading is refused only where somebody else waits to write.
        Cause::SelfDeadlock if is_of(Class::SharedLock) && others_wait(evidence, waits) => {
            Plain::ItselfReading
        }
        Cause::SelfDeadlock => Plain::Itself,
        Cause::LostWakeup => Plain::NotifiedTooEarly,
        Cause::HeldAtFork => Plain::CopyHeld,
        Cause::NeverReleased => Plain::NeverReleased,
        Cause::QueueNotDrained => Plain::NotDrained,
        Cause::NoSender if is_of(Class::Channel) => Plain::SenderAlive,
        Cause::NoSender => Plain::NoSender,
        Cause::TooFewAtBarrier => Plain::TooFew,
        Cause::CheckThenAct
        | Cause::ClearedTooEarly
        | Cause::HeldWhileWaiting
        | Cause::IfNotWhile
        | Cause::LostUpdate
        | Cause::MutualWait
        | Cause::NobodyLeft
        | Cause::NotAtomic
        | Cause::SleepAsSync
        | Cause::TaskNotDone
        | Cause::TwoLocks
        | Cause::Unjoined
        | Cause::WaitsForDead
        | Cause::WeakOrder => return None,
    };
    Some(evidence.proposal(Why::Wait(plain), &[], &[]))
}

/// All others have ended, or wait for what this task waits for, or for this task.
pub fn nobody_left(evidence: &Evidence) -> Option<Proposal> {
    let mut told = waits(evidence.run)?.iter();
    let told = told.find(|wait| evidence.found.about.tasks.contains(&wait.task))?;
    let missing = missing(evidence.run, told)?;
    let gives = |it: &Event| {
        let given = match it.what {
            What::Act(Act::Got, _) => missing == Missing::Room,
            What::Act(Act::Notified, _) => missing == Missing::Notification,
            What::Act(Act::Set, _) => missing == Missing::Sign,
            What::Act(Act::Gave, _) => matches!(missing, Missing::Permit | Missing::Token),
            _ => false,
        };
        given && it.object == told.object
    };
    let last = evidence.run.events.iter().rposition(gives);
    let why = Why::NobodyLeft { missing, last };
    let shown: Vec<usize> = last.into_iter().collect();
    Some(evidence.proposal(why, &shown, &[told.object]))
}

/// An event was set, and cleared again before the task that now waits for it looked.
pub fn cleared(evidence: &Evidence) -> Option<Proposal> {
    let waits = waits(evidence.run)?;
    let run = evidence.run;
    let told = evidence.found.cause;
    told.filter(|it| *it == Cause::ClearedTooEarly)?;
    let is_event = |wait: &&Wait| class(run, wait) == Some(Class::Flag);
    let mut events = waits.iter().filter(is_event);
    let [set, cleared, begins] = events.find_map(|wait| sign_was_taken_back(run, wait))?;
    let why = Why::Cleared {
        set,
        cleared,
        begins,
    };
    let object = run.events[set].object;
    object?;
    Some(evidence.proposal(why, &[set, cleared, begins], &[object]))
}

/// A notification woke a task that could not use it and waited again, while others were waiting
/// too.
pub fn wrong_one_woken(evidence: &Evidence) -> Option<Proposal> {
    let waits = waits(evidence.run)?;
    let run = evidence.run;
    let told = evidence.found.cause;
    told.filter(|it| *it == Cause::LostWakeup)?;
    let mut objects = waits.iter().filter_map(|wait| wait.object);
    let object =
        objects.find(|it| !sign_was_missed(run, *it) && woke_another(run, *it).is_some())?;
    let [notified, again] = woke_another(run, object)?;
    let why = Why::WrongOneWoken { notified, again };
    Some(evidence.proposal(why, &[notified, again], &[Some(object)]))
}

/// The last notification woke some of those that waited. Whether another one, which still waits, should
/// have been woken as well, the trace does not tell.
pub fn woke_too_few(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let waits = waits(run)?.iter();
    let mut told_of = waits.filter(|wait| class(run, wait) == Some(Class::Notice));
    let [notified, begins] = told_of.find_map(|wait| {
        let of_it = |it: &Event| it.object == wait.object;
        let begins = begins(run, wait)?;
        let wakes = |it: &Event| of_it(it) && matches!(it.what, What::Act(Act::Notified, 1..));
        let notified = run.events.iter().rposition(wakes)?;
        (begins < notified).then_some([notified, begins])
    })?;
    let why = Why::WokeTooFew { notified, begins };
    let object = run.events[notified].object;
    Some(evidence.proposal(why, &[notified, begins], &[object]))
}

/// A task waits for something that only others can give, while it holds what they need. All others
/// wait for it, directly or by waiting for each other's end.
pub fn held_while_waiting(evidence: &Evidence) -> Option<Proposal> {
    let waits = waits(evidence.run)?;
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
    needs.object?;
    let why = Why::HeldWhileWaiting {
        awaited: awaited(run, wait),
        begins,
        took,
        blocked,
    };
    let objects = [needs.object, wait.object];
    Some(evidence.proposal(why, &[took, begins, blocked], &objects))
}

/// What the thing is there for that a task waits for.
pub fn class(run: &Run, wait: &Wait) -> Option<Class> {
    Some(run.objects.get(wait.object?)?.kind.class())
}

/// A task waits for a lock that its parent held when it started it, and the parent waits for it.
pub fn held_at_fork(evidence: &Evidence) -> Option<Proposal> {
    let waits = waits(evidence.run)?;
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
        let why = Why::HeldAtFork {
            child: wait.task,
            took,
            start,
        };
        Some(evidence.proposal(why, &[took, start], &[]))
    })
}

/// The task that would have provided what is waited for ended before it did, by a panic or a
/// signal.
pub fn for_dead(evidence: &Evidence) -> Option<Proposal> {
    let waits = waits(evidence.run)?;
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
            .filter(|code| *code < 0 || *code == PANICKED)
    };
    let others_live = run
        .events
        .iter()
        .any(|it| gives(it) && died(it.task).is_none());
    let giver = run.events.iter().rfind(|it| gives(it))?.task;
    let code = died(giver).filter(|_| !others_live)?;
    let ended = |it: &Event| it.task == giver && matches!(it.what, What::Exit(_));
    let end = run.events.iter().rposition(ended)?;
    let why = Why::GiverDied {
        object,
        end,
        by_signal: code < 0,
    };
    Some(evidence.proposal(why, &[end], &[Some(object)]))
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

/// It looked and there was something; another task took that, and now it waits for ever. Or there
/// was room, and another task filled it.
pub fn stale_look(evidence: &Evidence) -> Option<Proposal> {
    let waits = waits(evidence.run)?;
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
        // A task that saw nothing there, or no room, waits for something that it knows is not there
        // yet.
        let there = messages(&run.events[..act], object);
        let saw_it = if takes == Act::Got {
            saw > 0
        } else {
            saw < there
        };
        if !saw_it {
            return None;
        }
        let stale = Stale {
            of: (object, None),
            look,
            change,
            act,
        };
        let why = Why::StaleLook {
            stale,
            message: takes == Act::Got,
        };
        Some(evidence.proposal(why, &[look, change, act], &[Some(object)]))
    })
}
