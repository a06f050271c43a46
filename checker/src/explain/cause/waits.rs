//! Waits that never end.

use sched_model::kind::Class;
use sched_model::limits::PANICKED;
use sched_model::run::{Act, Op, Run, TaskId, Wait, What};

use super::Evidence;
use crate::explain::query::{acts, changes, is, steps};
use crate::explain::standstill::waits;
use crate::explain::waiting::in_vain;
use crate::facts::why::{Missing, Plain, Stale, Stays, Why};
use crate::facts::{Cause, Proposal};
use crate::judge::blocked_forever::{
    all_lead_to, begins, is_alone, missing, nobody_else_could_give, sign_was_missed,
    sign_was_taken_back, woke_another,
};
use crate::judge::deadlock::awaited;

/// The waits that are told of.
pub fn told<'a>(evidence: &'a Evidence) -> impl Iterator<Item = &'a Wait> + Clone {
    let about = &evidence.found.about;
    let all = waits(evidence.run).iter();
    all.filter(|wait| about.tasks.contains(&wait.task))
}

/// Whether the wait tells this cause by itself.
pub fn tells(evidence: &Evidence, cause: Cause) -> Option<()> {
    (evidence.found.cause == Some(cause)).then_some(())
}

/// A cause that the wait itself tells.
pub fn plain(evidence: &Evidence) -> Option<Proposal> {
    let of =
        |class: Class| told(evidence).any(|wait| self::class(evidence.run, wait) == Some(class));
    let others_wait = || {
        let object = told(evidence).next().and_then(|wait| wait.object);
        let same = waits(evidence.run).iter();
        same.filter(|wait| wait.object == object).count() > 1
    };
    let plain = match evidence.found.cause? {
        Cause::LockCycle => Plain::Cycle,
        // A lock for reading is refused only where somebody else waits to write.
        Cause::SelfDeadlock if of(Class::SharedLock) && others_wait() => Plain::ItselfReading,
        Cause::SelfDeadlock => Plain::Itself,
        Cause::LostWakeup => Plain::NotifiedTooEarly,
        Cause::HeldAtFork => Plain::CopyHeld,
        Cause::NeverReleased => Plain::NeverReleased,
        Cause::QueueNotDrained => Plain::NotDrained,
        Cause::NoSender if of(Class::Channel) => Plain::SenderAlive,
        Cause::NoSender => Plain::NoSender,
        Cause::TooFewAtBarrier => Plain::TooFew,
        Cause::CheckThenAct
        | Cause::ClearedTooEarly
        | Cause::GaveUp
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

/// A task waited with a limit of time, in the learner's part, and went on when that had run out.
pub fn gave_up(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let end = evidence.until().saturating_add(1).min(run.events.len());
    let theirs = |at: &usize| {
        let began = in_vain(run, *at);
        began.is_some_and(|it| evidence.is_learners(run.events[it].at.as_ref()))
    };
    let concerned = |at: &usize| evidence.found.about.tasks.contains(&run.events[*at].task);
    let mut all = (0..end).rev().filter(theirs);
    let event = all.clone().find(concerned).or_else(|| all.next())?;
    Some(evidence.proposal(Why::GaveUp(event), &[event], &[run.events[event].object]))
}

/// All others have ended, or wait for what this task waits for, or for this task.
pub fn nobody_left(evidence: &Evidence) -> Option<Proposal> {
    let told = told(evidence).next()?;
    let missing = missing(evidence.run, told)?;
    let by_itself = matches!(missing, Missing::Message | Missing::Others);
    if by_itself || !nobody_else_could_give(evidence.run, told) {
        return None;
    }
    let gives = move |it: &What| match it {
        What::Act(Act::Got, _) => missing == Missing::Room,
        What::Act(Act::Notified, _) => missing == Missing::Notification,
        What::Act(Act::Set, _) => matches!(missing, Missing::Sign | Missing::Token),
        What::Act(Act::Gave, _) => missing == Missing::Permit,
        _ => false,
    };
    let last = steps(evidence.run).on(told.object).last(gives);
    let joins = only_joins(evidence.run, told);
    let why = Why::NobodyLeft {
        missing,
        last,
        joins,
    };
    let shown: Vec<usize> = last.into_iter().chain(joins).collect();
    Some(evidence.proposal(why, &shown, &[told.object]))
}

/// All others wait as well, or have ended, where nothing tells whom of them it is up to.
pub fn nobody_goes_on(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let known = |wait: &Wait| wait.holder.is_some() || wait.far_side.is_some();
    let mut all_told = told(evidence);
    let told = all_told.clone().find(|wait| wait.object.is_some())?;
    if all_told.any(known) {
        return None;
    }
    let missing = missing(run, told)?;
    let all = || waits(run).iter().filter(|it| !run.serves(it.task));
    let goes_on = |task: &usize| {
        let lives = run.tasks[*task].exit_code.is_none() && !run.serves(*task);
        lives && all().all(|it| it.task != *task)
    };
    if (0..run.tasks.len()).any(|task| goes_on(&task)) {
        return None;
    }
    let same = |it: &&Wait| (it.object, it.op) == (told.object, told.op);
    let others = all().filter(|it| !same(it));
    let stays = |it: &Wait| Stays {
        task: it.task,
        awaited: awaited(run, it),
        at: it.at.as_ref().filter(|at| !at.is_ours()).map(|at| at.line),
        alone: it.object.filter(|_| is_alone(run, it)),
    };
    let own = untaken(run, told.task);
    let shown: Vec<usize> = own.into_iter().flatten().chain(begins(run, told)).collect();
    let why = Why::NobodyGoesOn {
        missing,
        waits: std::iter::once(told).chain(others).map(stays).collect(),
        own,
    };
    Some(evidence.proposal(why, &shown, &[told.object]))
}

/// The last message that a task put where more were put than taken, and where it took the last one
/// itself, as all before.
fn untaken(run: &Run, task: TaskId) -> Option<[usize; 2]> {
    let put = steps(run).of(task).last(acts(Act::Put))?;
    let of_it = steps(run).on(run.events[put].object);
    let got = of_it.last(acts(Act::Got))?;
    let taken = of_it.count(acts(Act::Got));
    let all_its = of_it.of(task).count(acts(Act::Got)) == taken;
    (all_its && of_it.count(acts(Act::Put)) > taken).then_some([put, got])
}

/// The wait of the only one who does not wait for the same, if that is for the end of a thread: what it
/// would do then no experiment may tell, since only the thread could make its result.
fn only_joins(run: &Run, told: &Wait) -> Option<usize> {
    let same = |it: &Wait| it.object == told.object && it.op == told.op;
    let mut others = waits(run)
        .iter()
        .filter(|it| !same(it) && !run.serves(it.task));
    let one = others.next().filter(|_| others.next().is_none())?;
    let child = one.child.filter(|_| one.object.is_none())?;
    (run.tasks.get(child)?.process != child).then(|| begins(run, one))?
}

/// Another task changed what a task had looked at before it began to wait for a sign, and gave none
/// after that, as it had done before.
pub fn changed_untold(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let tells = |it: &What| matches!(it, What::Act(Act::Notified | Act::Set, _));
    told(evidence).find_map(|wait| {
        if !matches!(class(run, wait)?, Class::Notice | Class::Token) {
            return None;
        }
        let begins = begins(run, wait)?;
        let mine = steps(run).of(wait.task).before(begins);
        let since = mine.on(wait.object).last(is(&What::Blocked)).unwrap_or(0);
        let changed = |look: usize| {
            let of_it = steps(run).on(run.events[look].object).since(look);
            let change = of_it
                .all(changes)
                .rfind(|it| run.events[*it].task != wait.task)?;
            Some((change, look))
        };
        let (change, look) = mine.since(since).all(looks).filter_map(changed).max()?;
        let of_it = steps(run).on(wait.object);
        let told = of_it.of(run.events[change].task).last(tells)?;
        let why = Why::ChangedUntold { look, change, told };
        let silent = !of_it.since(change).any(tells);
        silent.then(|| evidence.proposal(why, &[look, told, change], &[wait.object]))
    })
}

/// Whether a step looks at something. Who could change it could see it, too.
fn looks(what: &What) -> bool {
    use Act::{Changed, Looked, Saw};
    matches!(what, What::Read(..) | What::Act(Looked | Saw | Changed, _))
}

/// An event was set, and cleared again before the task that now waits for it looked.
pub fn cleared(evidence: &Evidence) -> Option<Proposal> {
    tells(evidence, Cause::ClearedTooEarly)?;
    let run = evidence.run;
    let mut events = waits(run)
        .iter()
        .filter(|wait| class(run, wait) == Some(Class::Flag));
    let (wait, [set, cleared, begins]) =
        events.find_map(|wait| Some((wait, sign_was_taken_back(run, wait)?)))?;
    let why = Why::Cleared {
        set,
        cleared,
        begins,
    };
    Some(evidence.proposal(why, &[set, cleared, begins], &[wait.object]))
}

/// A notification woke a task that could not use it and waited again, while others were waiting
/// too.
pub fn wrong_one_woken(evidence: &Evidence) -> Option<Proposal> {
    tells(evidence, Cause::LostWakeup)?;
    let run = evidence.run;
    let mut objects = waits(run).iter().filter_map(|wait| wait.object);
    let (object, [notified, again]) = objects.find_map(|it| {
        let woke = woke_another(run, it).filter(|_| !sign_was_missed(run, it))?;
        Some((it, woke))
    })?;
    let why = Why::WrongOneWoken { notified, again };
    Some(evidence.proposal(why, &[notified, again], &[Some(object)]))
}

/// The last notification woke some of those that waited. Whether another one, which still waits, should
/// have been woken as well, the trace does not tell.
pub fn woke_too_few(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let mut told_of = waits(run)
        .iter()
        .filter(|wait| class(run, wait) == Some(Class::Notice));
    let (object, [notified, begins]) = told_of.find_map(|wait| {
        let begins = begins(run, wait)?;
        let wakes = |it: &What| matches!(it, What::Act(Act::Notified, 1..));
        let notified = steps(run).on(wait.object).since(begins).last(wakes)?;
        Some((wait.object, [notified, begins]))
    })?;
    let why = Why::WokeTooFew { notified, begins };
    Some(evidence.proposal(why, &[notified, begins], &[object]))
}

/// A task waits for something that only others can give, while it holds what one of them needs; and all
/// others wait for it, directly or by waiting for each other.
pub fn held_while_waiting(evidence: &Evidence) -> Option<Proposal> {
    held(evidence, &|wait| all_lead_to(evidence.run, wait))
}

/// The same where others wait for something else, if what is held is what is told of.
pub fn held_meanwhile(evidence: &Evidence) -> Option<Proposal> {
    held(evidence, &|wait| {
        told(evidence).any(|it| it.holder.as_ref().is_some_and(|by| by.0 == wait.task))
    })
}

fn held(evidence: &Evidence, is_why: &dyn Fn(&Wait) -> bool) -> Option<Proposal> {
    let run = evidence.run;
    let holds = |it: &Wait, task: TaskId| it.holder.as_ref().is_some_and(|by| by.0 == task);
    let (wait, needs) = waits(run).iter().find_map(|wait| {
        let is_given = wait.object.is_some() && wait.holder.is_none() && is_why(wait);
        let needs = waits(run).iter().find(|it| holds(it, wait.task))?;
        is_given.then_some((wait, needs))
    })?;
    let took = steps(run).of(wait.task).on(needs.object);
    let took = took.last(is(&What::Acquired))?;
    let (begins, blocked) = (begins(run, wait)?, begins(run, needs)?);
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
    let run = evidence.run;
    waits(run).iter().find_map(|wait| {
        let (child, parent) = (wait.task, run.tasks.get(wait.task)?.parent?);
        let is_holder = wait.object.is_some() && wait.holder.as_ref()?.0 == parent;
        let joins = |it: &Wait| it.task == parent && it.child == Some(child);
        let start = steps(run).first(is(&What::Start(child)))?;
        let took = steps(run)
            .of(parent)
            .on(wait.object)
            .last(is(&What::Acquired))?;
        let found = is_holder && took < start && waits(run).iter().any(joins);
        let why = Why::HeldAtFork { child, took, start };
        found.then(|| evidence.proposal(why, &[took, start], &[]))
    })
}

/// The task that would have provided what is waited for ended before it did, by a panic or a
/// signal.
pub fn for_dead(evidence: &Evidence) -> Option<Proposal> {
    use Act::{Arrived, Done, Gave, Notified, Put, Set};
    let run = evidence.run;
    let mut all = waits(run).iter();
    let wait = all.find(|wait| wait.object.is_some() && wait.holder.is_none())?;
    let gives = |it: &What| {
        matches!(
            it,
            What::Act(Put | Set | Notified | Gave | Arrived | Done, _)
        )
    };
    let by = |event: usize| run.events[event].task;
    let givers = steps(run).on(wait.object).all(gives).map(by);
    let givers: Vec<TaskId> = givers.filter(|task| *task != wait.task).collect();
    let died = |task: TaskId| {
        let code = run.tasks.get(task)?.exit_code;
        code.filter(|code| *code < 0 || *code == PANICKED)
    };
    let giver = *givers.last()?;
    let code = died(giver).filter(|_| givers.iter().all(|task| died(*task).is_some()))?;
    let end = steps(run)
        .of(giver)
        .last(|it| matches!(it, What::Exit(_)))?;
    let why = Why::GiverDied {
        object: wait.object?,
        end,
        by_signal: code < 0,
    };
    Some(evidence.proposal(why, &[end], &[wait.object]))
}

/// It looked and there was something; another task took that, and now it waits for ever. Or there
/// was room, and another task filled it.
pub fn stale_look(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    waits(run).iter().find_map(|wait| {
        let object = wait.object.filter(|_| wait.holder.is_none())?;
        let takes = match wait.op? {
            Op::Receive => Act::Got,
            Op::Send => Act::Put,
            _ => return None,
        };
        let of_it = steps(run).on(wait.object);
        let act = begins(run, wait)?;
        let look = of_it.of(wait.task).before(act).last(|_| true)?;
        let What::Act(Act::Looked, saw) = run.events[look].what else {
            return None;
        };
        let mut taken = of_it.since(look).before(act).all(acts(takes));
        let change = taken.find(|it| run.events[*it].task != wait.task)?;
        // A task that saw nothing there, or no room, waits for something that it knows is not there
        // yet.
        let count = |act_of: Act| of_it.before(act).count(acts(act_of)) as u64;
        let there = count(Act::Put).saturating_sub(count(Act::Got));
        let saw_it = if takes == Act::Got {
            saw > 0
        } else {
            saw < there
        };
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
        saw_it.then(|| evidence.proposal(why, &[look, change, act], &[wait.object]))
    })
}
