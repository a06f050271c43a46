//! Waits that end too early: a task that was woken did not look again.

use sched_model::run::{Act, Event, Freedom, ObjectId, Run, TaskId, What};

use super::Evidence;
use crate::facts::Proposal;
use crate::facts::why::Why;

/// A wait for a condition that another task made pointless before it returned.
struct Return {
    /// Its last look before it waited.
    look: usize,
    /// When it was told.
    notified: usize,
    /// Who changed what it had looked at, since.
    change: usize,
    /// What it did then.
    act: usize,
}

/// A task was woken, another changed what it had waited for, and it did not look again.
pub fn if_not_while(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let all = run.events.iter().enumerate().take(evidence.until() + 1);
    let waits = all.filter(|(_, event)| event.what == What::Blocked && is_condition(run, event));
    let mut returns = waits.filter_map(|(wait, _)| {
        let it = returned(run, wait, evidence.until())?;
        evidence.disturbed(wait, it.act).then_some(it)
    });
    let Some(it) = returns.next() else {
        return woken_for_nothing(evidence);
    };
    let why = Why::IfNotWhile {
        look: it.look,
        notified: it.notified,
        change: Some(it.change),
        act: it.act,
    };
    let events = [it.look, it.notified, it.change, it.act];
    Some(evidence.proposal(why, &events, &[run.events[it.look].object]))
}

/// A task was woken, did not look again, and panicked at what it did next.
fn woken_for_nothing(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let until = evidence.until();
    let events = run.events.get(..=until)?;
    let task = events.last().filter(|it| it.what == What::Panic)?.task;
    let mine = |it: &&(usize, &Event)| it.1.task == task;
    let all: Vec<(usize, &Event)> = events.iter().enumerate().collect();
    let (wait, waits) = *all.iter().rfind(|it| {
        let waits = it.1.what == What::Blocked && is_condition(run, it.1);
        mine(it) && (waits || is_freely(it.1))
    })?;
    let looks = |it: &Event| {
        matches!(
            it.what,
            What::Read(..) | What::Act(Act::Looked | Act::Saw, _)
        )
    };
    let (look, looked) = *all[..wait].iter().rfind(|it| mine(it) && looks(it.1))?;
    let woken = |it: &&(usize, &Event)| {
        let woken = matches!(it.1.what, What::Act(Act::Notified, tasks) if tasks > 0);
        it.1.object == waits.object && woken
    };
    let freely = is_freely(waits).then_some(wait);
    let notified = freely.or_else(|| Some(all[wait..].iter().find(woken)?.0))?;
    let mut after = all[notified..].iter().filter(mine);
    let (act, acts) = *after.find(|it| it.1.object == looked.object && uses(&it.1.what))?;
    if looks(acts) || after.any(|it| it.1.object == looked.object && uses(&it.1.what)) {
        return None;
    }
    let why = Why::IfNotWhile {
        look,
        notified,
        change: None,
        act,
    };
    Some(evidence.proposal(why, &[look, notified, act], &[looked.object]))
}

/// Whether a wait ends here for no reason.
fn is_freely(event: &Event) -> bool {
    let woken = [Freedom::WakesUp, Freedom::WakesEarly].map(|it| it as u64);
    matches!(event.what, What::Act(Act::Freely, number) if woken.contains(&number))
}

/// Whether an event is about what an object holds.
fn uses(what: &What) -> bool {
    use What::{Acquired, Blocked, Released, WouldBlock};
    !matches!(what, Acquired | Released | Blocked | WouldBlock)
}

fn is_condition(run: &Run, event: &Event) -> bool {
    let notified =
        |it: &Event| it.object == event.object && matches!(it.what, What::Act(Act::Notified, _));
    event.object.is_some() && run.events.iter().any(notified)
}

/// How a wait went on, if another task spoiled it between the notification and the return.
fn returned(run: &Run, wait: usize, until: usize) -> Option<Return> {
    let events = &run.events[..=until];
    let (task, condition) = (events[wait].task, events[wait].object);
    let look = events[..wait].iter().rposition(|it| {
        it.task == task
            && matches!(
                it.what,
                What::Read(..) | What::Act(Act::Looked | Act::Saw, _)
            )
    })?;
    let object = events[look].object;
    let goes_on = wait
        + 1
        + events[wait + 1..]
            .iter()
            .position(|it| it.task == task && it.what == What::Acquired)?;
    // Told in time, and not at the end of a time limit.
    let in_vain = |it: &Event| it.task == task && it.what == What::WouldBlock;
    let notified = wait
        + 1
        + events[wait + 1..goes_on].iter().position(|it| {
            it.object == condition
                && matches!(it.what, What::Act(Act::Notified, woken) if woken > 0)
        })?;
    if events[wait..goes_on].iter().any(in_vain) {
        return None;
    }
    let changes = |it: &Event| {
        let moved = matches!(
            it.what,
            What::Wrote(..) | What::Updated(..) | What::Act(Act::Got | Act::Took | Act::Changed, _)
        );
        it.task != task && it.object == object && moved
    };
    let change = notified + 1 + events[notified + 1..goes_on].iter().position(changes)?;
    let act = acts_on(events, goes_on, task, (look, object, condition))?;
    Some(Return {
        look,
        notified,
        change,
        act,
    })
}

/// What the task does with the object after its wait, if it neither waits again nor looks, or if it
/// sees the very state that made it wait before.
fn acts_on(
    events: &[Event],
    from: usize,
    task: TaskId,
    (look, object, condition): (usize, Option<ObjectId>, Option<ObjectId>),
) -> Option<usize> {
    use What::{Acquired, Blocked, Read, Released};
    let mut after = events.iter().enumerate().skip(from + 1);
    let (act, event) = after.find(|(_, it)| {
        let takes = matches!(it.what, Acquired | Released);
        it.task == task && (it.object == object && !takes || it.object == condition)
    })?;
    // The trace does not tell what was seen in a value behind a lock; the look may be the test for
    // waiting again.
    let unseen = matches!(event.what, What::Act(Act::Saw, _));
    let looks = matches!(event.what, Read(..) | What::Act(Act::Looked, _));
    if unseen || event.object == condition || (looks && event.what != events[look].what) {
        return None;
    }
    // What it does next shows whether it saw that it must wait again.
    let mut later = events.iter().skip(act + usize::from(looks));
    let next = later.find(|it| {
        // Who waits for a condition gives its lock back first.
        let looks = matches!(it.what, Read(..) | What::Act(Act::Looked, _));
        let nothing = looks || matches!(it.what, Acquired | Released);
        it.task == task && !nothing
    })?;
    (next.what != Blocked).then_some(act)
}
