//! What is to be done otherwise, to see whether a mistake is behind a failure; and what follows from the
//! state in which the run ended, whatever is done otherwise.

use sched_model::Class;
use sched_model::run::{Act, End, Event, ObjectId, ObjectKind, Op, Run, Site, TaskId, Wait, What};
use sched_model::{Intervention, Order};

use super::cause::Evidence;
use super::query::{changes, is, steps};
use super::standstill::{self, waits};
use super::waiting::in_vain;
use crate::facts::standstill::Standstill;
use crate::facts::why::{Late, Plain, Stale, Why};
use crate::judge::blocked_forever::{holder_is_gone, is_held_at_fork};

/// How a proposed cause is proven.
#[derive(Default)]
pub struct Trial {
    /// Each of these stands for the mistake. If the failure is gone with one, that proves it.
    pub tries: Vec<Intervention>,
    /// Whether it is another one if the failure stays with all of them.
    pub refutes: bool,
    /// Where it is a wait that never ends, that follows from this.
    pub follows: Option<Standstill>,
}

/// How this cause of a failing run is proven: by an experiment, by the state in which the run ended, or
/// by both.
pub fn trial(evidence: &Evidence, why: &Why) -> Trial {
    let run = evidence.run;
    let task = |event: &usize| run.events.get(*event).map(|it| it.task);
    let told = |wait: &Wait| evidence.found.about.tasks.contains(&wait.task);
    match why {
        Why::CheckThenAct(stale, _) | Why::LostUpdate(stale, _) | Why::StaleLook { stale, .. } => {
            decides(stale_look(run, stale))
        }
        Why::NotAtomic { before, after, .. } => decides(together(run, *before, *after)),
        Why::TwoLocksAround(_, locks) => decides(one_at_a_time(taken(run, locks))),
        Why::TwoLocks([one, two]) => decides(one_at_a_time(taken(run, &[one.0, two.0]))),
        Why::Wait(Plain::Cycle) => decides(one_at_a_time(cycle(run))),
        Why::Unjoined {
            child,
            until,
            late: Late::CutOff,
            ..
        } => decides(at_end(run, *child, *until)),
        Why::Unjoined {
            parent,
            child,
            until,
            ..
        } => decides(after_end(run, *parent, *child, *until)),
        Why::Slept(sleep, late) => decides(slept(run, *sleep, *late)),
        Why::GaveUp(event) => decides(no_limit(run, *event)),
        Why::WeakOrder(at) => decides(stronger(run, *at)),
        Why::IfNotWhile {
            look,
            notified,
            act,
            ..
        } => {
            let woken = wait_after(run, *look).and_then(|wait| together(run, wait, *act));
            // Who comes between a change and its notification leaves nothing for who is woken, too.
            let told = change_before(run, *notified).and_then(|it| together(run, it, *notified));
            let all = woken.into_iter().chain(told);
            may_prove(all.chain(freely(run, *notified)))
        }
        Why::Wait(Plain::NotifiedTooEarly) => decides(kept(run)),
        Why::WrongOneWoken { notified, .. } | Why::WokeTooFew { notified, .. } => {
            decides(wakes_all(run, *notified))
        }
        Why::Wait(Plain::SenderAlive) | Why::SenderKept(_) => {
            decides(some(receiving(run, Class::Channel)).map(Intervention::Ends))
        }
        Why::ChangedUntold { look, .. } => {
            let waits = |it: &Wait| Some(it.task) == task(look) && it.object.is_some();
            decides(answered(run, &waits))
        }
        Why::Cleared { begins, .. } => {
            let waits = |it: &Wait| Some(it.task) == task(begins) && it.object.is_some();
            decides(answered(run, &waits))
        }
        Why::Wait(Plain::Itself | Plain::ItselfReading) => follows(run, &|it| {
            it.holder.as_ref().is_some_and(|by| by.0 == it.task)
        }),
        Why::Wait(Plain::CopyHeld) => follows(run, &|it| is_held_at_fork(run, it)),
        Why::Wait(Plain::NoSender) => follows(run, &|it| told(it) && it.op == Some(Op::Receive)),
        Why::HeldAtFork { child, .. } => {
            follows(run, &|it| it.task == *child && it.object.is_some())
        }
        Why::HeldWhileWaiting { begins, .. } => follows(run, &|it| Some(it.task) == task(begins)),
        Why::NobodyGoesOn { waits, .. } => {
            let first = waits.first().map(|it| it.task);
            follows(run, &|it| it.object.is_some() && Some(it.task) == first)
        }
        Why::EachForTheNext(each) => {
            each_answered(run, each.iter().filter_map(|(_, begins)| task(begins)))
        }
        Why::OpenEnd { task, .. } => Trial {
            tries: Vec::from_iter(some(receiving(run, Class::Messages)).map(Intervention::Ends)),
            ..follows(run, &|it| it.task == *task)
        },
        Why::Wait(Plain::NeverReleased) => {
            follows_or_answered(run, &|it| holder_is_gone(run, it).is_some())
        }
        Why::Wait(Plain::NotDrained) => follows_or_answered(run, &|it| it.op == Some(Op::Exit)),
        Why::Wait(Plain::TooFew) | Why::NobodyLeft { .. } => {
            follows_or_answered(run, &|it| told(it) && it.object.is_some())
        }
        Why::NotDone { .. } => follows_or_answered(run, &|it| it.op == Some(Op::Join)),
        Why::GiverDied { object, .. } => follows_or_answered(run, &|it| it.object == Some(*object)),
    }
}

/// What follows from the state, of the first wait that is one of these.
fn follows(run: &Run, is_it: &dyn Fn(&Wait) -> bool) -> Trial {
    let first = waits(run).iter().find(|it| is_it(it));
    Trial {
        follows: first.and_then(|first| standstill::of(run, first)),
        ..Trial::default()
    }
}

/// The same, where the wait can be answered to see whether that is all that is missing.
fn follows_or_answered(run: &Run, is_it: &dyn Fn(&Wait) -> bool) -> Trial {
    Trial {
        tries: Vec::from_iter(answered(run, is_it)),
        ..follows(run, is_it)
    }
}

/// Of waits in a circle: one of those goes on for which the first one waits, if its child need not end
/// for that, or it needs no room; or it follows where it is known who alone could end each.
fn each_answered(run: &Run, tasks: impl Iterator<Item = TaskId>) -> Trial {
    let of = |task: TaskId| waits(run).iter().find(|it| it.task == task);
    let all: Vec<&Wait> = tasks.filter_map(of).collect();
    let Some((first, others)) = all.split_first() else {
        return Trial::default();
    };
    if all.iter().all(|it| standstill::is_known(it)) {
        return follows(run, &|it| it == *first);
    }
    let can = |it: &&&Wait| it.object.is_none() || it.op == Some(Op::Send);
    may_prove(
        others
            .iter()
            .filter(can)
            .filter_map(|wait| answered(run, &|it| it == *wait)),
    )
}

/// Those go on that wait for what the first one of these waits for.
fn answered(run: &Run, is_it: &dyn Fn(&Wait) -> bool) -> Option<Intervention> {
    let first = waits(run).iter().find(|it| is_it(it))?;
    let same = |it: &&Wait| (it.object, it.op, it.child) == (first.object, first.op, first.child);
    let all = waits(run).iter().filter(same);
    some(each_once(all.filter_map(|it| it.at.clone()))).map(Intervention::Answered)
}

/// Where a task was when it did something: where it came to a point. What a lock guards is looked at
/// and changed without one of its own, after the last one before.
fn site(run: &Run, event: usize) -> Option<Site> {
    let task = run.events.get(event)?.task;
    let passes = |it: &&Event| {
        let guarded = matches!(it.what, What::Act(Act::Saw | Act::Changed, _));
        it.task == task && !guarded
    };
    run.events[..=event].iter().rev().find(passes)?.at.clone()
}

fn together(run: &Run, first: usize, last: usize) -> Option<Intervention> {
    let (from, to) = (site(run, first)?, site(run, last)?);
    let task = run.events[first].task;
    let elsewhere = |it: &Event| it.task == task && it.at.as_ref().is_some_and(|at| *at != from);
    Some(
        match from == to && run.events[first..last].iter().any(elsewhere) {
            true => Intervention::TogetherUntilAgain(from),
            false => Intervention::Together(from, to),
        },
    )
}

fn stale_look(run: &Run, stale: &Stale) -> Option<Intervention> {
    together(run, stale.look, stale.act)
}

/// Where a task began to wait, after it had looked.
fn wait_after(run: &Run, look: usize) -> Option<usize> {
    let task = run.events.get(look)?.task;
    steps(run).of(task).since(look).first(is(&What::Blocked))
}

/// What a task changed last before it notified.
fn change_before(run: &Run, notified: usize) -> Option<usize> {
    let task = run.events.get(notified)?.task;
    steps(run).of(task).before(notified).last(changes)
}

fn one_at_a_time(places: Vec<Site>) -> Option<Intervention> {
    some(places).map(Intervention::OneAtATime)
}

/// Places, if there are any.
fn some(places: Vec<Site>) -> Option<Vec<Site>> {
    (!places.is_empty()).then_some(places)
}

/// A wait that ended for no reason does not.
fn freely(run: &Run, event: usize) -> Option<Intervention> {
    let event = run.events.get(event)?;
    let freely = matches!(event.what, What::Act(Act::Freely, _));
    let at = event.at.clone().filter(|_| freely)?;
    Some(Intervention::AsMostly(vec![at]))
}

/// Those that wait at the end of a run for what is there for this.
fn waits_for(run: &Run, class: Class) -> impl Iterator<Item = &Wait> {
    let is_it = move |object: ObjectId| {
        let object = run.objects.get(object);
        object.is_some_and(|it| it.kind.class() == class)
    };
    let all = waits(run).iter();
    all.filter(move |wait| wait.object.is_some_and(is_it))
}

/// Notifications that woke nobody are kept.
fn kept(run: &Run) -> Option<Intervention> {
    let objects: Vec<Option<ObjectId>> =
        waits_for(run, Class::Notice).map(|it| it.object).collect();
    let lost = |it: &usize| {
        let it = &run.events[*it];
        it.what == What::Act(Act::Notified, 0) && objects.contains(&it.object)
    };
    let lost = (0..run.events.len()).filter(lost);
    some(each_once(lost.filter_map(|it| site(run, it)))).map(Intervention::Kept)
}

/// Where messages are waited for that do not come.
fn receiving(run: &Run, class: Class) -> Vec<Site> {
    let ends =
        |object: ObjectId| class == Class::Channel || run.objects[object].kind == ObjectKind::Pipe;
    let receives = waits_for(run, class).filter(|it| it.op == Some(Op::Receive));
    let receives = receives.filter(|it| it.object.is_some_and(ends));
    each_once(receives.filter_map(|it| it.at.clone()))
}

/// A notification wakes all, or each of the same thing does.
fn wakes_all(run: &Run, notified: usize) -> Vec<Intervention> {
    let object = run.events.get(notified).and_then(|it| it.object);
    let of_it = |it: &&Event| matches!(it.what, What::Act(Act::Notified, _)) && it.object == object;
    let all = run
        .events
        .iter()
        .filter(of_it)
        .filter_map(|it| it.at.clone());
    let this = site(run, notified).into_iter().collect();
    let both = [this, each_once(all)].into_iter().filter_map(some);
    both.map(Intervention::WakesAll).collect()
}

/// Where these locks are taken.
fn taken(run: &Run, locks: &[ObjectId]) -> Vec<Site> {
    let takes = run.events.iter().filter(|it| {
        it.what == What::Acquired && it.object.is_some_and(|object| locks.contains(&object))
    });
    each_once(takes.filter_map(|it| it.at.clone()))
}

/// Where those that wait in a cycle wait, and where they took what the others want.
fn cycle(run: &Run) -> Vec<Site> {
    let End::Deadlock { waits, cycle } = &run.end else {
        return Vec::new();
    };
    let waits = waits.iter().filter(|wait| cycle.contains(&wait.task));
    each_once(waits.flat_map(|wait| {
        let took = wait.holder.as_ref().and_then(|(_, since)| since.clone());
        [took, wait.at.clone()].into_iter().flatten()
    }))
}

fn each_once(sites: impl Iterator<Item = Site>) -> Vec<Site> {
    let mut all: Vec<Site> = sites.collect();
    all.sort();
    all.dedup();
    all
}

/// At how many places a parent may have to wait for a child.
const PLACES: usize = 6;

/// What a parent did on its own after it had started its last child, up to this event, comes after
/// the end of all that were started with the child, or of the child.
fn after_end(run: &Run, parent: TaskId, child: TaskId, until: usize) -> Vec<Intervention> {
    let Some(started) = run.tasks.get(child).and_then(|it| it.started_at.clone()) else {
        return Vec::new();
    };
    let mine = |it: &usize| run.events[*it].task == parent && run.events[*it].at.is_some();
    let starts = |it: &usize| matches!(run.events[*it].what, What::Start(_));
    let all: Vec<usize> = (0..run.events.len()).filter(mine).collect();
    let last = all.iter().rfind(|it| starts(it) && **it <= until);
    let after = all.iter().filter(|it| last.is_none_or(|last| *it > last));
    let first = after.clone().next();
    let before = after.filter(|it| **it <= until).rev();
    let mut places: Vec<Site> = Vec::new();
    for at in before.chain(first) {
        places.extend(site(run, *at).filter(|it| !places.contains(it)));
    }
    // The last ones, which keep nobody waiting for long, and the first.
    if places.len() > PLACES {
        places.drain(PLACES - 1..places.len() - 1);
    }
    let of = |child: Option<TaskId>| {
        let after = |at: &Site| Intervention::AfterEnd {
            at: at.clone(),
            started: started.clone(),
            child,
        };
        places.iter().map(after).collect::<Vec<_>>()
    };
    [of(None), of(Some(child))].concat()
}

/// The last that a parent does comes after the end of all that were started with the child, or of the
/// child.
fn at_end(run: &Run, child: TaskId, last: usize) -> Vec<Intervention> {
    let at = site(run, last).zip(run.tasks[child].started_at.clone());
    let after = |child: Option<TaskId>| {
        let (at, started) = at.clone()?;
        Some(Intervention::AfterEnd { at, started, child })
    };
    [None, Some(child)].into_iter().filter_map(after).collect()
}

/// At how many places a program may have to ask for more order.
const ACCESSES: usize = 6;

/// Accesses to atomics before this event, and the one after it, ask for more order: one of them, or else
/// two, or all.
fn stronger(run: &Run, at: usize) -> Vec<Intervention> {
    let mut places: Vec<(Site, Order)> = Vec::new();
    let until = run.events.iter().take(at + 2).rev();
    for event in until.filter(|it| is_atomic(run, it)) {
        let (Some(site), Some(order)) = (&event.at, asks_for(&event.what)) else {
            continue;
        };
        match places.iter().position(|it| it.0 == *site) {
            Some(at) if places[at].1 != order => places[at].1 = Order::AcqRel,
            Some(_) => {}
            None if places.len() < ACCESSES => places.push((site.clone(), order)),
            None => {}
        }
    }
    let all = |order: Option<Order>| {
        let asks = |(at, own): &(Site, Order)| (at.clone(), order.unwrap_or(*own));
        let one: Vec<_> = places.iter().map(asks).collect();
        let pairs = (0..one.len()).flat_map(|a| (a + 1..one.len()).map(move |b| (a, b)));
        let pairs = pairs.map(|(a, b)| vec![one[b].clone(), one[a].clone()]);
        let ones = one.iter().map(|it| vec![it.clone()]);
        let both: Vec<_> = ones.chain(pairs).map(Intervention::Stronger).collect();
        both
    };
    let every = places.iter().map(|(at, _)| (at.clone(), Order::SeqCst));
    let every = (places.len() > 2).then(|| Intervention::Stronger(every.collect()));
    let few = [all(None), all(Some(Order::SeqCst))].concat();
    few.into_iter().chain(every).collect()
}

fn is_atomic(run: &Run, event: &Event) -> bool {
    let object = event.object.and_then(|it| run.objects.get(it));
    object.is_some_and(|it| it.kind == ObjectKind::Atomic)
}

/// What an access to an atomic can ask for.
fn asks_for(what: &What) -> Option<Order> {
    match what {
        What::Read(..) => Some(Order::Acquire),
        What::Wrote(..) => Some(Order::Release),
        What::Updated(..) => Some(Order::AcqRel),
        _ => None,
    }
}

/// A sleep is long enough, or the end of what it stands for is waited for.
fn slept(run: &Run, sleep: usize, late: TaskId) -> Vec<Intervention> {
    let on_time = site(run, sleep).map(Intervention::OnTime);
    let task = run.events[sleep].task;
    let mine = run
        .tasks
        .get(late)
        .is_some_and(|it| it.parent == Some(task));
    let until = next(run, task, sleep).unwrap_or(sleep);
    let after = mine.then(|| after_end(run, task, late, until));
    on_time
        .into_iter()
        .chain(after.into_iter().flatten())
        .collect()
}

/// The wait that ended at this event for want of time has no limit.
fn no_limit(run: &Run, event: usize) -> Option<Intervention> {
    let at = run.events[in_vain(run, event)?].at.clone()?;
    Some(Intervention::NoLimit(vec![at]))
}

/// What a task did next.
fn next(run: &Run, task: TaskId, after: usize) -> Option<usize> {
    let mine = |it: &usize| run.events[*it].task == task && run.events[*it].at.is_some();
    (after + 1..run.events.len()).find(mine)
}

/// If none of these helps, it is another mistake.
fn decides(all: impl IntoIterator<Item = Intervention>) -> Trial {
    Trial {
        refutes: true,
        ..may_prove(all)
    }
}

/// These stand for the mistake in the most common case only.
fn may_prove(all: impl IntoIterator<Item = Intervention>) -> Trial {
    Trial {
        tries: all.into_iter().collect(),
        ..Trial::default()
    }
}
